#include "passed_over.hpp"

namespace eventstore::engine::sqlite {

Result<void> create_passed_over(sqlite3* connection) {
  return run_sql(connection,
                 "CREATE TABLE IF NOT EXISTS _passed_over (collection TEXT NOT NULL, category TEXT NOT NULL, "
                 "event_type TEXT NOT NULL, first_position INTEGER NOT NULL, events INTEGER NOT NULL, "
                 "PRIMARY KEY (collection, category, event_type)) WITHOUT ROWID;");
}

Result<std::vector<PassedOverType>> read_passed_over(sqlite3* connection, std::string_view name) {
  std::vector<PassedOverType> types;
  EVENTSTORE_TRY_ASSIGN(const bool exists, table_exists(connection, "_passed_over"));
  if (!exists) return types;
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        Statement::prepare(connection,
                                           "SELECT category, event_type, first_position, events FROM _passed_over "
                                           "WHERE collection = ?1 ORDER BY category, event_type"));
  statement.bind(1, name);
  for (;;) {
    EVENTSTORE_TRY_ASSIGN(const bool found, statement.step());
    if (!found) return types;
    types.push_back({std::string{statement.text(0)}, std::string{statement.text(1)},
                     Position{static_cast<std::uint64_t>(statement.integer(2))},
                     static_cast<std::uint64_t>(statement.integer(3))});
  }
}

Result<void> write_passed_over(sqlite3* connection, std::string_view name, std::span<const PassedOverType> types) {
  for (const auto& each : types) {
    EVENTSTORE_TRY_ASSIGN(auto statement, Statement::prepare(connection,
                                                             "INSERT OR REPLACE INTO _passed_over VALUES "
                                                             "(?1, ?2, ?3, ?4, ?5)"));
    statement.bind(1, name);
    statement.bind(2, std::string_view{each.category});
    statement.bind(3, std::string_view{each.type});
    statement.bind(4, static_cast<std::int64_t>(each.first.value));
    statement.bind(5, static_cast<std::int64_t>(each.events));
    EVENTSTORE_TRY(statement.run());
  }
  return {};
}

Result<void> replace_passed_over(sqlite3* connection, std::string_view name, std::string_view from) {
  for (const auto* const sql : {"DELETE FROM _passed_over WHERE collection = ?1 AND ?1 <> ?2",
                                "UPDATE _passed_over SET collection = ?1 WHERE collection = ?2"}) {
    EVENTSTORE_TRY_ASSIGN(auto statement, Statement::prepare(connection, sql));
    statement.bind(1, name);
    statement.bind(2, from);
    EVENTSTORE_TRY(statement.run());
  }
  return {};
}

}  // namespace eventstore::engine::sqlite
