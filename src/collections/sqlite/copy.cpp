#include "copy.hpp"

#include "../carried_columns.hpp"
#include "bind.hpp"
#include "layout.hpp"

#include <fmt/format.h>

namespace eventstore::engine::sqlite {
namespace {

Result<std::string> columns_text_of(sqlite3* connection, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(
      auto statement,
      Statement::prepare(connection,
                         "SELECT columns FROM _checkpoints WHERE collection = ?1 AND EXISTS (SELECT 1 FROM "
                         "sqlite_master WHERE name = ?1)"));
  statement.bind(1, name);
  EVENTSTORE_TRY_ASSIGN(const bool found, statement.step());
  if (found) return std::string{statement.text(0)};
  return failure(Errc::not_found, "copy collection", std::string{name}, "no such collection");
}

// "INSERT INTO to (_id, organization_id, a, b) SELECT _id, organization_id, a, ?1 FROM from"
std::string insert_sql(const CollectionShape& shape, const std::vector<CarriedColumn>& carried, std::string_view from,
                       std::string_view to) {
  std::string names = "_id, organization_id";
  std::string values = names;
  int place = 0;
  for (std::size_t i = 0; i < carried.size(); ++i) {
    names += ", " + quoted(shape.columns[i].name);
    values += carried[i].from ? ", " + quoted(shape.columns[i].name) : fmt::format(", ?{}", ++place);
  }
  return fmt::format("INSERT INTO {} ({}) SELECT {} FROM {}", quoted(to), names, values, quoted(from));
}

}  // namespace

Result<std::uint64_t> copy_documents(sqlite3* connection, const CollectionShape& shape, std::string_view from,
                                     std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const auto stored, columns_text_of(connection, from));
  EVENTSTORE_TRY_ASSIGN(const auto carried, carried_columns(stored, shape));
  const auto made = std::string{name} + "__copy";
  EVENTSTORE_TRY(drop_collection(connection, made));
  EVENTSTORE_TRY(create_collection(connection, shape, made));
  {
    EVENTSTORE_TRY_ASSIGN(const auto table, rows_table(connection, made));
    EVENTSTORE_TRY_ASSIGN(auto statement, Statement::prepare(connection, insert_sql(shape, carried, from, table)));
    BoundTexts texts;
    Binder binder{statement, texts};
    int place = 0;
    for (std::size_t i = 0; i < carried.size(); ++i) {
      if (carried[i].from) continue;
      BytesReader in{carried[i].value};
      EVENTSTORE_TRY(binder.column(++place, shape.columns[i], in));
    }
    EVENTSTORE_TRY(statement.run());
  }
  const auto documents = static_cast<std::uint64_t>(sqlite3_changes64(connection));
  EVENTSTORE_TRY(drop_collection(connection, name));
  EVENTSTORE_TRY(rename_collection(connection, shape, made, name));
  return documents;
}

}  // namespace eventstore::engine::sqlite
