#include "paces.hpp"

namespace eventstore::engine::sqlite {

Result<void> create_paces(sqlite3* connection) {
  return run_sql(connection,
                 "CREATE TABLE IF NOT EXISTS _paces (collection TEXT NOT NULL PRIMARY KEY, events_per_second REAL "
                 "NOT NULL, noted_at TEXT NOT NULL) WITHOUT ROWID;");
}

Result<std::optional<Pace>> read_pace(sqlite3* connection, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const bool exists, table_exists(connection, "_paces"));
  if (!exists) return std::optional<Pace>{};
  EVENTSTORE_TRY_ASSIGN(
      auto statement,
      Statement::prepare(connection, "SELECT events_per_second, noted_at FROM _paces WHERE collection = ?1"));
  statement.bind(1, name);
  EVENTSTORE_TRY_ASSIGN(const bool found, statement.step());
  if (!found) return std::optional<Pace>{};
  return std::optional{Pace{statement.real(0), Timestamp::parse(statement.text(1)).value_or(Timestamp{})}};
}

Result<void> write_pace(sqlite3* connection, std::string_view name, const std::optional<Pace>& pace) {
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        Statement::prepare(connection, pace ? "INSERT OR REPLACE INTO _paces VALUES (?1, ?2, ?3)"
                                                            : "DELETE FROM _paces WHERE collection = ?1"));
  statement.bind(1, name);
  const auto noted_at = pace ? pace->noted_at.to_string() : std::string{};
  if (pace) {
    statement.bind(2, pace->events_per_second);
    statement.bind(3, std::string_view{noted_at});
  }
  return statement.run();
}

}  // namespace eventstore::engine::sqlite
