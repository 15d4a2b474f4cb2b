#include "counts.hpp"

#include <algorithm>

namespace eventstore::engine::sqlite {

Result<void> create_counts(sqlite3* connection) {
  return run_sql(connection,
                 "CREATE TABLE IF NOT EXISTS _counts (collection TEXT NOT NULL PRIMARY KEY, documents INTEGER NOT "
                 "NULL, position INTEGER NOT NULL, changes INTEGER NOT NULL) WITHOUT ROWID");
}

Result<std::optional<Count>> read_count(sqlite3* connection, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const bool exists, table_exists(connection, "_counts"));
  if (!exists) return std::optional<Count>{};
  EVENTSTORE_TRY_ASSIGN(
      auto statement,
      Statement::prepare(connection, "SELECT documents, position, changes FROM _counts WHERE collection = ?1"));
  statement.bind(1, name);
  EVENTSTORE_TRY_ASSIGN(const bool found, statement.step());
  if (!found) return std::optional<Count>{};
  const auto number = [&](int column) { return static_cast<std::uint64_t>(statement.integer(column)); };
  return std::optional{Count{number(0), Position{number(1)}, number(2)}};
}

Result<void> write_count(sqlite3* connection, std::string_view name, const Count& count) {
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        Statement::prepare(connection, "INSERT OR REPLACE INTO _counts VALUES (?1, ?2, ?3, ?4)"));
  statement.bind(1, name);
  statement.bind(2, static_cast<std::int64_t>(count.documents));
  statement.bind(3, static_cast<std::int64_t>(count.position.value));
  statement.bind(4, static_cast<std::int64_t>(count.changes));
  return statement.run();
}

Result<void> begin_count(sqlite3* connection, std::string_view name, std::uint64_t documents, Position position) {
  EVENTSTORE_TRY_ASSIGN(const auto known, read_count(connection, name));
  return write_count(connection, name, {documents, position, known ? known->changes + 1 : 0});
}

Result<void> take_from_count(sqlite3* connection, std::string_view name, std::uint64_t documents) {
  EVENTSTORE_TRY_ASSIGN(auto known, read_count(connection, name));
  if (!known || documents == 0) return {};
  known->documents -= std::min(known->documents, documents);  // rows that other programs added were not counted
  ++known->changes;
  return write_count(connection, name, *known);
}

Result<void> replace_count(sqlite3* connection, std::string_view name, std::string_view from) {
  // What a writer knows of the table that had the name holds for none of the later ones.
  for (const auto* const sql :
       {"UPDATE _counts SET changes = 1 + (SELECT max(changes) FROM _counts) WHERE collection = ?2 AND ?1 <> ''",
        "DELETE FROM _counts WHERE collection = ?1 AND ?1 <> ?2",
        "UPDATE _counts SET collection = ?1 WHERE collection = ?2"}) {
    EVENTSTORE_TRY_ASSIGN(auto statement, Statement::prepare(connection, sql));
    statement.bind(1, name);
    statement.bind(2, from);
    EVENTSTORE_TRY(statement.run());
  }
  return {};
}

Result<std::uint64_t> count_rows(sqlite3* connection, std::string_view table) {
  EVENTSTORE_TRY_ASSIGN(auto statement, Statement::prepare(connection, "SELECT count(*) FROM " + quoted(table)));
  EVENTSTORE_TRY(statement.step());
  return static_cast<std::uint64_t>(statement.integer(0));
}

}  // namespace eventstore::engine::sqlite
