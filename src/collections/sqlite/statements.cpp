#include "statements.hpp"

#include <fmt/format.h>

namespace eventstore::engine::sqlite {
namespace {

std::string insert_sql(const CollectionShape& shape, std::string_view table) {
  std::string names = "_id, organization_id";
  std::string places = "?1, ?2";
  for (std::size_t i = 0; i < shape.columns.size(); ++i) {
    names += ", " + quoted(shape.columns[i].name);
    places += fmt::format(", ?{}", i + 3);
  }
  return fmt::format("INSERT INTO {} ({}) VALUES ({})", quoted(table), names, places);
}

std::string put_sql(const CollectionShape& shape, std::string_view table) {
  std::string updates = "organization_id = excluded.organization_id";
  for (const auto& column : shape.columns) updates += fmt::format(", {0} = excluded.{0}", quoted(column.name));
  return insert_sql(shape, table) + " ON CONFLICT (_id) DO UPDATE SET " + updates;
}

std::string replace_row_sql(const CollectionShape& shape, std::string_view table) {
  std::string updates = "organization_id = ?2";
  for (std::size_t i = 0; i < shape.columns.size(); ++i)
    updates += fmt::format(", {} = ?{}", quoted(shape.columns[i].name), i + 3);
  return fmt::format("UPDATE {} SET {} WHERE {} = ?1", quoted(table), updates, row_number);
}

std::string patch_sql(const CollectionShape& shape, std::string_view table, const TableStatements::Fields& fields,
                      std::string_view key) {
  std::string updates;
  for (std::size_t i = 0; i < fields.size(); ++i)
    updates += fmt::format("{}{} = ?{}", updates.empty() ? "" : ", ", quoted(shape.columns[fields[i]].name), i + 2);
  return fmt::format("UPDATE {} SET {} WHERE {} = ?1", quoted(table), updates, key);
}

std::string of_organization(const std::string& sql, const TableStatements::Fields& fields) {
  return fmt::format("{} AND organization_id = ?{}", sql, fields.size() + 2);
}

}  // namespace

std::string TableStatements::names_of(const Fields& fields) const {
  std::string names;
  for (const auto field : fields) names += ", " + quoted(shape_.columns[field].name);
  return names;
}

std::string TableStatements::sql_for(Kind kind, const Fields& fields) const {
  switch (kind) {
    case Kind::insert: return insert_sql(shape_, table_);
    case Kind::put: return put_sql(shape_, table_);
    case Kind::replace_row: return replace_row_sql(shape_, table_);
    case Kind::patch: return of_organization(patch_sql(shape_, table_, fields, "_id"), fields);
    case Kind::patch_row: return of_organization(patch_sql(shape_, table_, fields, row_number), fields);
    case Kind::set_row: return patch_sql(shape_, table_, fields, row_number);
    case Kind::remove: return fmt::format("DELETE FROM {} WHERE _id = ?1", quoted(table_));
    case Kind::remove_row: return fmt::format("DELETE FROM {} WHERE {} = ?1", quoted(table_), row_number);
    case Kind::row: return fmt::format("SELECT {} FROM {} WHERE _id = ?1", row_number, quoted(table_));
    case Kind::numbers:
      return fmt::format("SELECT {}{} FROM {} WHERE _id = ?1", row_number, names_of(fields), quoted(table_));
    case Kind::numbers_of_row:
      return fmt::format("SELECT {0}{1} FROM {2} WHERE {0} = ?1", row_number, names_of(fields), quoted(table_));
    case Kind::document: return document_sql() + " WHERE _id = ?1";
    case Kind::document_of_row:
      return fmt::format("{} WHERE {} = ?1", document_sql(), view_ == table_ ? row_number : "_row");
  }
  return {};
}

std::string TableStatements::document_sql() const {
  std::string names;
  for (const auto& column : shape_.columns) names += ", " + quoted(column.name);
  return fmt::format("SELECT _id, organization_id{} FROM {}", names, quoted(view_));
}

Result<Statement*> TableStatements::get(Kind kind, const Fields& fields) {
  const auto known = statements_.find({kind, fields});
  if (known != statements_.end()) return &known->second;
  EVENTSTORE_TRY_ASSIGN(Statement prepared, Statement::prepare(connection_, sql_for(kind, fields)));
  return &statements_.emplace(std::pair{kind, fields}, std::move(prepared)).first->second;
}

}  // namespace eventstore::engine::sqlite
