#include "checkpoints.hpp"

#include "certificates.hpp"
#include "counts.hpp"
#include "expiry.hpp"
#include "paces.hpp"
#include "passed_over.hpp"
#include "set_aside.hpp"
#include "troubles.hpp"

#include <fmt/format.h>

namespace eventstore::engine::sqlite {
namespace {

// SQLite makes decimal text of the numbers that are put into the column, and numbers of the text that is asked for
// them: builds from before and from now read each other's checksums.
constexpr const char* columns =
    "(collection TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL, checksum TEXT NOT NULL, "
    "store_id TEXT NOT NULL, fingerprint TEXT NOT NULL, building INTEGER NOT NULL, "
    "missed INTEGER NOT NULL DEFAULT 0, missed_last INTEGER NOT NULL DEFAULT 0, columns TEXT NOT NULL DEFAULT '')";

constexpr int columns_of_earlier_builds = 6;

Result<bool> is_of_earlier_build(sqlite3* connection) {
  EVENTSTORE_TRY_ASSIGN(auto statement, Statement::prepare(connection, "SELECT * FROM _checkpoints LIMIT 0"));
  return statement.columns() == columns_of_earlier_builds;
}

}  // namespace

Result<void> make_checkpoints(sqlite3* connection) {
  EVENTSTORE_TRY(run_sql(connection, fmt::format("CREATE TABLE IF NOT EXISTS _checkpoints {}", columns)));
  EVENTSTORE_TRY(create_passed_over(connection));
  EVENTSTORE_TRY(create_counts(connection));
  EVENTSTORE_TRY(create_troubles(connection));
  EVENTSTORE_TRY(create_expiries(connection));
  EVENTSTORE_TRY(create_set_aside(connection));
  EVENTSTORE_TRY(create_paces(connection));
  EVENTSTORE_TRY(create_certificates(connection));
  EVENTSTORE_TRY_ASSIGN(const bool before, is_of_earlier_build(connection));
  if (!before) return {};
  EVENTSTORE_TRY_ASSIGN(auto transaction, Transaction::begin(connection));
  EVENTSTORE_TRY_ASSIGN(const bool still, is_of_earlier_build(connection));
  if (!still) return {};
  EVENTSTORE_TRY(
      run_sql(connection, fmt::format("CREATE TABLE _checkpoints_new {};"
                                      "INSERT INTO _checkpoints_new (collection, position, checksum, store_id, "
                                      "fingerprint, building) SELECT * FROM _checkpoints;"
                                      "DROP TABLE _checkpoints;"
                                      "ALTER TABLE _checkpoints_new RENAME TO _checkpoints;",
                                      columns)));
  return transaction.commit();
}

Result<std::optional<Checkpoint>> read_checkpoint(sqlite3* connection, std::string_view name) {
  // A file that another process is making has no tables yet.
  EVENTSTORE_TRY_ASSIGN(const bool is_made, table_exists(connection, "_checkpoints"));
  if (!is_made) return std::optional<Checkpoint>{};
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        Statement::prepare(connection,
                                           "SELECT * FROM _checkpoints WHERE collection = ?1 AND EXISTS (SELECT 1 "
                                           "FROM sqlite_master WHERE name = ?1)"));
  statement.bind(1, name);
  EVENTSTORE_TRY_ASSIGN(const bool found, statement.step());
  if (!found) return std::optional<Checkpoint>{};
  const auto store = Uuid::parse(statement.text(3));
  if (!store)
    // Not corrupt_record, which is of the whole file.
    return failure(Errc::invalid_argument, "read checkpoint", std::string{name},
                   fmt::format("its row in _checkpoints names no store: run `project rebuild {}`",
                               name.substr(0, name.find("__"))));
  EVENTSTORE_TRY_ASSIGN(auto passed_over, read_passed_over(connection, name));
  EVENTSTORE_TRY_ASSIGN(const auto set_aside, count_set_aside(connection, name));
  // A file of an earlier build, which is only read, lacks the last columns.
  const auto number = [&](int column) {
    return column < statement.columns() ? static_cast<std::uint64_t>(statement.integer(column)) : 0;
  };
  return std::optional{Checkpoint{Position{number(1)},
                                  number(2),
                                  *store,
                                  std::string{statement.text(4)},
                                  number(5) != 0,
                                  number(6),
                                  Position{number(7)},
                                  std::move(passed_over),
                                  {},
                                  set_aside}};
}

Result<std::optional<Place>> read_place(sqlite3* connection, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        Statement::prepare(connection,
                                           "SELECT position, building FROM _checkpoints WHERE collection = ?1 AND "
                                           "EXISTS (SELECT 1 FROM sqlite_master WHERE name = ?1)"));
  statement.bind(1, name);
  EVENTSTORE_TRY_ASSIGN(const bool found, statement.step());
  if (!found) return std::optional<Place>{};
  return std::optional{Place{Position{static_cast<std::uint64_t>(statement.integer(0))}, statement.integer(1) != 0}};
}

Result<void> begin_checkpoint(sqlite3* connection, const CollectionShape& shape, std::string_view name,
                              const Checkpoint& start) {
  EVENTSTORE_TRY_ASSIGN(
      auto statement,
      Statement::prepare(connection, "INSERT OR REPLACE INTO _checkpoints VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7, ?8)"));
  const auto store = start.store_id.to_string();
  const auto shape_columns = shape.columns_text();
  statement.bind(1, name);
  statement.bind(2, static_cast<std::int64_t>(start.position.value));
  statement.bind(3, static_cast<std::int64_t>(start.checksum));
  statement.bind(4, std::string_view{store});
  statement.bind(5, std::string_view{start.fingerprint});
  statement.bind(6, static_cast<std::int64_t>(start.missed_events));
  statement.bind(7, static_cast<std::int64_t>(start.missed_last.value));
  statement.bind(8, std::string_view{shape_columns});
  EVENTSTORE_TRY(statement.run());
  EVENTSTORE_TRY(replace_passed_over(connection, name));
  return write_passed_over(connection, name, start.passed_over);
}

Result<void> move_checkpoint(sqlite3* connection, const CollectionBatch& batch) {
  EVENTSTORE_TRY_ASSIGN(
      auto statement, Statement::prepare(connection,
                                         "UPDATE _checkpoints SET position = ?3, checksum = ?4, store_id = ?5, "
                                         "missed = ?6, missed_last = ?7 "
                                         "WHERE collection = ?1 AND position = ?2 AND (fingerprint = ?8 OR ?8 = '')"));
  const auto store = batch.to.store_id.to_string();
  statement.bind(1, std::string_view{batch.name});
  statement.bind(2, static_cast<std::int64_t>(batch.from.value));
  statement.bind(3, static_cast<std::int64_t>(batch.to.position.value));
  statement.bind(4, static_cast<std::int64_t>(batch.to.checksum));
  statement.bind(5, std::string_view{store});
  statement.bind(6, static_cast<std::int64_t>(batch.to.missed_events));
  statement.bind(7, static_cast<std::int64_t>(batch.to.missed_last.value));
  statement.bind(8, std::string_view{batch.to.fingerprint});
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
