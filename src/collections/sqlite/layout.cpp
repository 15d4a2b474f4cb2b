#include "layout.hpp"

#include "tables.hpp"

#include <fmt/format.h>

namespace eventstore::engine::sqlite {
namespace {

Result<bool> is_view(sqlite3* connection, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(
      auto statement, Statement::prepare(connection, "SELECT 1 FROM sqlite_master WHERE type = 'view' AND name = ?1"));
  statement.bind(1, name);
  return statement.step();
}

// The map in the column, or the one that its entries make. Every SQLite, and DuckDB, knows these functions.
std::string whole_map(const std::string& column, std::string_view name) {
  return fmt::format(
      "coalesce({column}, (SELECT '{{' || group_concat(json_quote(\"key\") || ':' || \"value\") || '}}' FROM (SELECT "
      "\"key\", \"value\" FROM {parts} WHERE {parts}._row = {rows}._row AND {parts}.\"field\" = '{field}' ORDER BY "
      "\"key\"))) AS {column}",
      fmt::arg("column", quoted(column)), fmt::arg("field", column), fmt::arg("parts", quoted(parts_name(name))),
      fmt::arg("rows", quoted(rows_name(name))));
}

std::string create_view(const CollectionShape& shape, std::string_view name) {
  std::string columns = "_row, _id, organization_id";
  for (const auto& column : shape.columns)
    columns += ", " + (is_map(column) ? whole_map(column.name, name) : quoted(column.name));
  for (const auto& index : shape.indexes)
    if (index.kind == Index::Kind::rank) columns += ", " + quoted(index.fields.front() + "_rank");
  return fmt::format("CREATE VIEW {} AS SELECT {} FROM {};", quoted(name), columns, quoted(rows_name(name)));
}

std::string create_parts(std::string_view name) {
  return fmt::format(
      "CREATE TABLE {} (_row INTEGER NOT NULL, \"field\" TEXT NOT NULL, \"key\" TEXT NOT NULL, \"value\" TEXT NOT "
      "NULL, "
      "PRIMARY KEY (_row, \"field\", \"key\")) WITHOUT ROWID;",
      quoted(parts_name(name)));
}

std::string trigger_name(std::string_view name, std::string_view of) { return fmt::format("{}_parts_{}", name, of); }

// A document that goes, or a map that is whole again, takes its entries along.
std::string create_triggers(const CollectionShape& shape, std::string_view name) {
  const auto rows = quoted(rows_name(name));
  const auto parts = quoted(parts_name(name));
  auto sql = fmt::format("CREATE TRIGGER {} AFTER DELETE ON {} BEGIN DELETE FROM {} WHERE _row = old._row; END;",
                         quoted(trigger_name(name, "of_removed")), rows, parts);
  for (const auto& column : shape.columns)
    if (is_map(column))
      sql += fmt::format(
          "CREATE TRIGGER {0} AFTER UPDATE OF {1} ON {2} WHEN old.{1} IS NULL AND new.{1} IS NOT NULL BEGIN DELETE "
          "FROM "
          "{3} WHERE _row = old._row AND \"field\" = '{4}'; END;",
          quoted(trigger_name(name, column.name)), quoted(column.name), rows, parts, column.name);
  return sql;
}

std::string drop_triggers(const CollectionShape& shape, std::string_view name) {
  auto sql = fmt::format("DROP TRIGGER IF EXISTS {};", quoted(trigger_name(name, "of_removed")));
  for (const auto& column : shape.columns)
    if (is_map(column)) sql += fmt::format("DROP TRIGGER IF EXISTS {};", quoted(trigger_name(name, column.name)));
  return sql;
}

std::string rename_table(std::string_view from, std::string_view to) {
  return fmt::format("ALTER TABLE {} RENAME TO {};", quoted(from), quoted(to));
}

}  // namespace

std::string rows_name(std::string_view name) { return std::string{name} + "_rows"; }
std::string parts_name(std::string_view name) { return std::string{name} + "_parts"; }

Result<std::string> rows_table(sqlite3* connection, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const bool has_rows_apart, is_view(connection, name));
  return has_rows_apart ? rows_name(name) : std::string{name};
}

Result<void> create_collection(sqlite3* connection, const CollectionShape& shape, std::string_view name) {
  if (!has_maps(shape)) return run_sql(connection, create_table(shape, name));
  return run_sql(connection, create_table(shape, rows_name(name)) + create_parts(name) + create_view(shape, name) +
                                 create_triggers(shape, name));
}

Result<void> drop_collection(sqlite3* connection, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const bool has_rows_apart, is_view(connection, name));
  std::string sql;
  const auto drop = [&](std::string_view what, const std::string& which) {
    sql += fmt::format("DROP {} IF EXISTS {};", what, quoted(which));
  };
  drop(has_rows_apart ? "VIEW" : "TABLE", std::string{name});
  if (has_rows_apart) {
    drop("TABLE", rows_name(name));
    drop("TABLE", parts_name(name));
  }
  for (const auto* const of_index : {"_text", "_location"}) drop("TABLE", std::string{name} + of_index);
  return run_sql(connection, sql);
}

Result<void> rename_collection(sqlite3* connection, const CollectionShape& shape, std::string_view from,
                               std::string_view to) {
  EVENTSTORE_TRY_ASSIGN(const bool has_rows_apart, is_view(connection, from));
  if (!has_rows_apart) return run_sql(connection, rename_table(from, to));
  return run_sql(connection, drop_triggers(shape, from) + fmt::format("DROP VIEW {};", quoted(from)) +
                                 rename_table(rows_name(from), rows_name(to)) +
                                 rename_table(parts_name(from), parts_name(to)) + create_view(shape, to) +
                                 create_triggers(shape, to));
}

}  // namespace eventstore::engine::sqlite
