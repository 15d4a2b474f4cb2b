#include "set_aside.hpp"

#include "../code_named.hpp"

namespace eventstore::engine::sqlite {
namespace {

Result<void> run_with(sqlite3* connection, const char* sql, std::string_view first, std::string_view second) {
  EVENTSTORE_TRY_ASSIGN(auto statement, Statement::prepare(connection, sql));
  statement.bind(1, first);
  statement.bind(2, second);
  return statement.run();
}

Result<void> insert(sqlite3* connection, std::string_view name, const SetAsideEvent& event) {
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        Statement::prepare(connection,
                                           "INSERT OR REPLACE INTO _dead_letters VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
                                           "?8, ?9, ?10, ?11, ?12)"));
  const auto id = event.event_id.to_string();
  const auto noted_at = event.noted_at.to_string();
  statement.bind(1, name);
  statement.bind(2, static_cast<std::int64_t>(event.position.value));
  statement.bind(3, std::string_view{event.stream});
  statement.bind(4, std::string_view{event.type});
  statement.bind(5, std::string_view{id});
  statement.bind(6, to_string(event.error.code));
  statement.bind(7, std::string_view{event.error.during});
  statement.bind(8, std::string_view{event.error.where});
  statement.bind(9, std::string_view{event.error.detail});
  statement.bind(10, std::string_view{noted_at});
  statement.bind(11, static_cast<std::int64_t>(event.attempts));
  statement.bind(12, std::int64_t{event.is_dropped ? 1 : 0});
  return statement.run();
}

Result<void> remove(sqlite3* connection, std::string_view name, Position position) {
  EVENTSTORE_TRY_ASSIGN(
      auto statement,
      Statement::prepare(connection, "DELETE FROM _dead_letters WHERE collection = ?1 AND position = ?2"));
  statement.bind(1, name);
  statement.bind(2, static_cast<std::int64_t>(position.value));
  return statement.run();
}

SetAsideEvent event_in(const Statement& row) {
  const Position position{static_cast<std::uint64_t>(row.integer(0))};
  return {position,
          std::string{row.text(1)},
          std::string{row.text(2)},
          Uuid::parse(row.text(3)).value_or(Uuid{}),
          Timestamp::parse(row.text(8)).value_or(Timestamp{}),
          static_cast<std::uint64_t>(row.integer(9)),
          Error{code_named(row.text(4)), std::string{row.text(5)}, std::string{row.text(6)}, std::string{row.text(7)},
                position},
          row.integer(10) != 0};
}

}  // namespace

Result<void> create_set_aside(sqlite3* connection) {
  return run_sql(connection,
                 "CREATE TABLE IF NOT EXISTS _dead_letters (collection TEXT NOT NULL, position INTEGER NOT NULL, "
                 "stream TEXT NOT NULL, event_type TEXT NOT NULL, event_id TEXT NOT NULL, code TEXT NOT NULL, "
                 "during TEXT NOT NULL, place TEXT NOT NULL, detail TEXT NOT NULL, noted_at TEXT NOT NULL, "
                 "attempts INTEGER NOT NULL, dropped INTEGER NOT NULL, PRIMARY KEY (collection, position)) "
                 "WITHOUT ROWID;");
}

Result<std::vector<SetAsideEvent>> read_set_aside(sqlite3* connection, std::string_view name) {
  std::vector<SetAsideEvent> events;
  EVENTSTORE_TRY_ASSIGN(const bool exists, table_exists(connection, "_dead_letters"));
  if (!exists) return events;
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        Statement::prepare(connection,
                                           "SELECT position, stream, event_type, event_id, code, during, place, "
                                           "detail, noted_at, attempts, dropped FROM _dead_letters WHERE collection "
                                           "= ?1 ORDER BY position"));
  statement.bind(1, name);
  for (;;) {
    EVENTSTORE_TRY_ASSIGN(const bool found, statement.step());
    if (!found) return events;
    events.push_back(event_in(statement));
  }
}

Result<SetAsideCounts> count_set_aside(sqlite3* connection, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const bool exists, table_exists(connection, "_dead_letters"));
  if (!exists) return SetAsideCounts{};
  EVENTSTORE_TRY_ASSIGN(auto statement, Statement::prepare(connection,
                                                           "SELECT count(*), coalesce(sum(dropped), 0) FROM "
                                                           "_dead_letters WHERE collection = ?1"));
  statement.bind(1, name);
  EVENTSTORE_TRY(statement.step());
  const auto dropped = static_cast<std::uint64_t>(statement.integer(1));
  return SetAsideCounts{static_cast<std::uint64_t>(statement.integer(0)) - dropped, dropped};
}

Result<void> write_set_aside(sqlite3* connection, const CollectionBatch& batch) {
  for (const auto& event : batch.set_aside) EVENTSTORE_TRY(insert(connection, batch.name, event));
  for (const auto position : batch.settled) EVENTSTORE_TRY(remove(connection, batch.name, position));
  return {};
}

Result<void> replace_set_aside(sqlite3* connection, std::string_view name, std::string_view from) {
  EVENTSTORE_TRY(run_with(connection, "DELETE FROM _dead_letters WHERE collection = ?1 AND ?1 <> ?2", name, from));
  return run_with(connection, "UPDATE _dead_letters SET collection = ?1 WHERE collection = ?2", name, from);
}

Result<void> copy_set_aside(sqlite3* connection, std::string_view from, std::string_view name) {
  EVENTSTORE_TRY(run_with(connection, "DELETE FROM _dead_letters WHERE collection = ?1 AND ?1 <> ?2", name, from));
  return run_with(connection,
                  "INSERT INTO _dead_letters SELECT ?1, position, stream, event_type, event_id, code, during, place, "
                  "detail, noted_at, attempts, dropped FROM _dead_letters WHERE collection = ?2 AND ?1 <> ?2",
                  name, from);
}

}  // namespace eventstore::engine::sqlite
