#include "checkpoints.hpp"

#include "passed_over.hpp"

#include <fmt/format.h>

namespace eventstore::engine::sqlite {
namespace {

// SQLite makes decimal text of the numbers that are put into the column, and numbers of the text that is asked for
// them: builds from before and from now read each other's checksums.
constexpr const char* columns =
    "(collection TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL, checksum TEXT NOT NULL, "
    "store_id TEXT NOT NULL, fingerprint TEXT NOT NULL, building INTEGER NOT NULL)";

Result<bool> has_numbers(sqlite3* connection) {
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        Statement::prepare(connection,
                                           "SELECT 1 FROM pragma_table_info('_checkpoints') WHERE name = "
                                           "'checksum' AND type = 'INTEGER'"));
  return statement.step();
}

}  // namespace

Result<void> make_checkpoints(sqlite3* connection) {
  EVENTSTORE_TRY(run_sql(connection, fmt::format("CREATE TABLE IF NOT EXISTS _checkpoints {}", columns)));
  EVENTSTORE_TRY(create_passed_over(connection));
  EVENTSTORE_TRY_ASSIGN(const bool before, has_numbers(connection));
  if (!before) return {};
  EVENTSTORE_TRY_ASSIGN(auto transaction, Transaction::begin(connection));
  EVENTSTORE_TRY_ASSIGN(const bool still, has_numbers(connection));
  if (!still) return {};
  EVENTSTORE_TRY(run_sql(connection, fmt::format("CREATE TABLE _checkpoints_new {};"
                                                 "INSERT INTO _checkpoints_new SELECT collection, position, checksum, "
                                                 "store_id, fingerprint, building FROM _checkpoints;"
                                                 "DROP TABLE _checkpoints;"
                                                 "ALTER TABLE _checkpoints_new RENAME TO _checkpoints;",
                                                 columns)));
  return transaction.commit();
}

Result<std::optional<Checkpoint>> read_checkpoint(sqlite3* connection, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        Statement::prepare(connection,
                                           "SELECT position, checksum, store_id, fingerprint, building FROM "
                                           "_checkpoints WHERE collection = ?1 AND EXISTS (SELECT 1 FROM "
                                           "sqlite_master WHERE name = ?1)"));
  statement.bind(1, name);
  EVENTSTORE_TRY_ASSIGN(const bool found, statement.step());
  if (!found) return std::optional<Checkpoint>{};
  EVENTSTORE_TRY_ASSIGN(const Uuid store, Uuid::parse(statement.text(2)));
  EVENTSTORE_TRY_ASSIGN(auto passed_over, read_passed_over(connection, name));
  return std::optional{Checkpoint{Position{static_cast<std::uint64_t>(statement.integer(0))},
                                  static_cast<std::uint64_t>(statement.integer(1)), store,
                                  std::string{statement.text(3)}, statement.integer(4) != 0, std::move(passed_over)}};
}

Result<void> begin_checkpoint(sqlite3* connection, std::string_view name, const Checkpoint& start) {
  EVENTSTORE_TRY_ASSIGN(
      auto statement,
      Statement::prepare(connection, "INSERT OR REPLACE INTO _checkpoints VALUES (?1, ?2, ?3, ?4, ?5, 1)"));
  const auto store = start.store_id.to_string();
  statement.bind(1, name);
  statement.bind(2, static_cast<std::int64_t>(start.position.value));
  statement.bind(3, static_cast<std::int64_t>(start.checksum));
  statement.bind(4, std::string_view{store});
  statement.bind(5, std::string_view{start.fingerprint});
  EVENTSTORE_TRY(statement.run());
  return replace_passed_over(connection, name);
}

Result<void> move_checkpoint(sqlite3* connection, const CollectionBatch& batch) {
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        Statement::prepare(connection,
                                           "UPDATE _checkpoints SET position = ?3, checksum = ?4, store_id = ?5 "
                                           "WHERE collection = ?1 AND position = ?2"));
  const auto store = batch.to.store_id.to_string();
  statement.bind(1, std::string_view{batch.name});
  statement.bind(2, static_cast<std::int64_t>(batch.from.value));
  statement.bind(3, static_cast<std::int64_t>(batch.to.position.value));
  statement.bind(4, static_cast<std::int64_t>(batch.to.checksum));
  statement.bind(5, std::string_view{store});
  EVENTSTORE_TRY(statement.run());
  if (sqlite3_changes(connection) != 1)
    return failure(Errc::locked, "commit batch", batch.name, "another worker has moved this collection's checkpoint");
  return write_passed_over(connection, batch.name, batch.to.passed_over);
}

Result<void> set_built(sqlite3* connection, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        Statement::prepare(connection, "UPDATE _checkpoints SET building = 0 WHERE collection = ?1"));
  statement.bind(1, name);
  return statement.run();
}

}  // namespace eventstore::engine::sqlite
