#include "troubles.hpp"

#include "../code_named.hpp"

namespace eventstore::engine::sqlite {
namespace {

Position position_in(const Statement& statement, int column) {
  return Position{static_cast<std::uint64_t>(statement.integer(column))};
}

Result<void> insert(sqlite3* connection, std::string_view name, const Trouble& trouble) {
  EVENTSTORE_TRY_ASSIGN(
      auto statement,
      Statement::prepare(connection, "INSERT INTO _troubles VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"));
  const auto noted_at = trouble.noted_at.to_string();
  const auto& error = trouble.error;
  statement.bind(1, name);
  statement.bind(2, std::int64_t{trouble.passes ? 1 : 0});
  statement.bind(3, static_cast<std::int64_t>(trouble.retries));
  statement.bind(4, static_cast<std::int64_t>(trouble.position.value));
  statement.bind(5, std::string_view{noted_at});
  statement.bind(6, to_string(error.code));
  statement.bind(7, std::string_view{error.during});
  statement.bind(8, std::string_view{error.where});
  statement.bind(9, std::string_view{error.detail});
  statement.bind(10, static_cast<std::int64_t>(error.at.value));
  return statement.run();
}

}  // namespace

Result<void> create_troubles(sqlite3* connection) {
  return run_sql(
      connection,
      "CREATE TABLE IF NOT EXISTS _troubles (collection TEXT NOT NULL PRIMARY KEY, passes INTEGER NOT NULL, "
      "retries INTEGER NOT NULL, position INTEGER NOT NULL, noted_at TEXT NOT NULL, code TEXT NOT NULL, "
      "during TEXT NOT NULL, place TEXT NOT NULL, detail TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;");
}

Result<std::optional<Trouble>> read_trouble(sqlite3* connection, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const bool exists, table_exists(connection, "_troubles"));
  if (!exists) return std::optional<Trouble>{};
  EVENTSTORE_TRY_ASSIGN(
      auto statement,
      Statement::prepare(connection,
                         "SELECT passes, retries, position, noted_at, code, during, place, detail, at FROM _troubles "
                         "WHERE collection = ?1"));
  statement.bind(1, name);
  EVENTSTORE_TRY_ASSIGN(const bool found, statement.step());
  if (!found) return std::optional<Trouble>{};
  Trouble trouble{};
  trouble.passes = statement.integer(0) != 0;
  trouble.retries = static_cast<std::uint64_t>(statement.integer(1));
  trouble.position = position_in(statement, 2);
  trouble.noted_at = Timestamp::parse(statement.text(3)).value_or(Timestamp{});
  trouble.error = Error{code_named(statement.text(4)), std::string{statement.text(5)}, std::string{statement.text(6)},
                        std::string{statement.text(7)}, position_in(statement, 8)};
  return std::optional{std::move(trouble)};
}

Result<void> write_trouble(sqlite3* connection, std::string_view name, const std::optional<Trouble>& trouble) {
  EVENTSTORE_TRY_ASSIGN(auto transaction, Transaction::begin(connection));
  EVENTSTORE_TRY_ASSIGN(auto statement, Statement::prepare(connection, "DELETE FROM _troubles WHERE collection = ?1"));
  statement.bind(1, name);
  EVENTSTORE_TRY(statement.run());
  if (trouble) EVENTSTORE_TRY(insert(connection, name, *trouble));
  return transaction.commit();
}

}  // namespace eventstore::engine::sqlite
