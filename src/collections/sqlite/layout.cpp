#include "layout.hpp"

#include "tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

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

// The triggers on the table, by name, with the statements that make them.
Result<std::vector<std::pair<std::string, std::string>>> triggers_on(sqlite3* connection, std::string_view table) {
  EVENTSTORE_TRY_ASSIGN(
      auto statement,
      Statement::prepare(connection,
                         "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?1 ORDER BY name"));
  statement.bind(1, table);
  std::vector<std::pair<std::string, std::string>> found;
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const bool more, statement.step());
    if (!more) return found;
    found.emplace_back(statement.text(0), statement.text(1));
  }
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
  for (const auto* const of_index : {"_text", "_location", "_elements"}) drop("TABLE", std::string{name} + of_index);
  return run_sql(connection, sql);
}

Result<std::string> take_triggers(sqlite3* connection, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const auto table, rows_table(connection, name));
  EVENTSTORE_TRY_ASSIGN(const auto triggers, triggers_on(connection, table));
  std::string drop;
  std::string make;
  for (const auto& [trigger, sql] : triggers) {
    drop += fmt::format("DROP TRIGGER {};", quoted(trigger));
    make += sql + ";\n";
  }
  EVENTSTORE_TRY(run_sql(connection, drop));
  return make;
}

// SQLite takes the new names over into the view; only its own cannot be changed.
Result<void> rename_tables(sqlite3* connection, std::string_view from, std::string_view to) {
  EVENTSTORE_TRY_ASSIGN(const bool has_rows_apart, is_view(connection, from));
  std::vector<std::string> suffixes{"_text", "_location", "_elements"};
  if (has_rows_apart) suffixes.insert(suffixes.end(), {"_rows", "_parts"});
  std::string sql = has_rows_apart ? "" : rename_table(from, to);
  for (const auto& suffix : suffixes) {
    const auto table = std::string{from} + suffix;
    EVENTSTORE_TRY_ASSIGN(const bool exists, table_exists(connection, table));
    if (exists) sql += rename_table(table, std::string{to} + suffix);
  }
  EVENTSTORE_TRY(run_sql(connection, sql));
  if (!has_rows_apart) return {};
  std::string view;
  {
    EVENTSTORE_TRY_ASSIGN(auto statement,
                          Statement::prepare(connection, "SELECT sql FROM sqlite_master WHERE name = ?1"));
    statement.bind(1, from);
    EVENTSTORE_TRY(statement.step());
    view = statement.text(0);
  }
  return run_sql(connection, fmt::format("DROP VIEW {}; CREATE VIEW {}{};", quoted(from), quoted(to),
                                         std::string_view{view}.substr(std::min(view.find(" AS "), view.size()))));
}

Result<void> rename_collection(sqlite3* connection, const CollectionShape& shape, std::string_view from,
                               std::string_view to) {
  EVENTSTORE_TRY(take_triggers(connection, from));
  EVENTSTORE_TRY(rename_tables(connection, from, to));
  std::string sql = has_maps(shape) ? create_triggers(shape, to) : std::string{};
  for (const auto* const of_index : {"_text", "_location", "_elements"}) {
    EVENTSTORE_TRY_ASSIGN(const bool exists, table_exists(connection, std::string{to} + of_index));
    if (exists) sql += side_triggers(shape, to, has_maps(shape) ? rows_name(to) : std::string{to}, of_index);
  }
  return run_sql(connection, sql);
}

}  // namespace eventstore::engine::sqlite
