#include "copy.hpp"
#include "impl.hpp"
#include "tables.hpp"

#include <fmt/format.h>

namespace eventstore {
inline namespace v1 {
namespace {

// Collections are caches of the log: a commit that a power cut takes back is made again from its checkpoint, so
// synchronous=NORMAL, under which WAL stays consistent, is enough.
constexpr const char* settings =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = NORMAL;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -65536;"
    "PRAGMA wal_autocheckpoint = 4000;";

constexpr const char* checkpoints_table =
    "CREATE TABLE IF NOT EXISTS _checkpoints (collection TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL, "
    "checksum INTEGER NOT NULL, store_id TEXT NOT NULL, fingerprint TEXT NOT NULL, building INTEGER NOT NULL, "
    "missed INTEGER NOT NULL DEFAULT 0, missed_last INTEGER NOT NULL DEFAULT 0, columns TEXT NOT NULL DEFAULT '');";

// The columns that a file of an earlier version does not have.
constexpr const char* later_columns =
    "ALTER TABLE _checkpoints ADD COLUMN missed INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE _checkpoints ADD COLUMN missed_last INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE _checkpoints ADD COLUMN columns TEXT NOT NULL DEFAULT '';";

constexpr int busy_millis_max = 10'000;

Result<bool> table_exists(sqlite3* connection, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(sqlite::Statement statement,
                        sqlite::Statement::prepare(connection, "SELECT 1 FROM sqlite_master WHERE name = ?1"));
  statement.bind(1, name);
  return statement.step();
}

Result<void> complete_checkpoints(sqlite3* connection) {
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(connection));  // others may do the same
  EVENTSTORE_TRY(sqlite::run_sql(connection, checkpoints_table));
  EVENTSTORE_TRY_ASSIGN(auto columns, sqlite::Statement::prepare(connection, "SELECT * FROM _checkpoints LIMIT 0"));
  constexpr int columns_of_earlier = 6;
  if (columns.columns() == columns_of_earlier) EVENTSTORE_TRY(sqlite::run_sql(connection, later_columns));
  return transaction.commit();
}

// Moves the checkpoint from where the batch began; one that is elsewhere belongs to another worker's run.
Result<void> move_checkpoint(sqlite3* connection, const CollectionBatch& batch) {
  EVENTSTORE_TRY_ASSIGN(
      auto statement, sqlite::Statement::prepare(connection,
                                                 "UPDATE _checkpoints SET position = ?3, checksum = ?4, store_id = ?5, "
                                                 "missed = ?6, missed_last = ?7 "
                                                 "WHERE collection = ?1 AND position = ?2"));
  const auto store = batch.to.store_id.to_string();
  statement.bind(1, std::string_view{batch.name});
  statement.bind(2, static_cast<std::int64_t>(batch.from.value));
  statement.bind(3, static_cast<std::int64_t>(batch.to.position.value));
  statement.bind(4, static_cast<std::int64_t>(batch.to.checksum));
  statement.bind(5, std::string_view{store});
  statement.bind(6, static_cast<std::int64_t>(batch.to.missed_events));
  statement.bind(7, static_cast<std::int64_t>(batch.to.missed_last.value));
  EVENTSTORE_TRY(statement.run());
  if (sqlite3_changes(connection) != 1)
    return failure(Errc::locked, "commit batch", batch.name, "another worker has moved this collection's checkpoint");
  return {};
}

Result<void> begin_checkpoint(sqlite3* connection, const CollectionShape& shape, std::string_view name,
                              const Checkpoint& start) {
  EVENTSTORE_TRY_ASSIGN(auto statement, sqlite::Statement::prepare(
                                            connection,
                                            "INSERT OR REPLACE INTO _checkpoints VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, "
                                            "?7, ?8)"));
  const auto store = start.store_id.to_string();
  const auto columns = shape.columns_text();
  statement.bind(1, name);
  statement.bind(2, static_cast<std::int64_t>(start.position.value));
  statement.bind(3, static_cast<std::int64_t>(start.checksum));
  statement.bind(4, std::string_view{store});
  statement.bind(5, std::string_view{start.fingerprint});
  statement.bind(6, static_cast<std::int64_t>(start.missed_events));
  statement.bind(7, static_cast<std::int64_t>(start.missed_last.value));
  statement.bind(8, std::string_view{columns});
  return statement.run();
}

Result<void> set_built(sqlite3* connection, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(auto statement, sqlite::Statement::prepare(
                                            connection, "UPDATE _checkpoints SET building = 0 WHERE collection = ?1"));
  statement.bind(1, name);
  return statement.run();
}

}  // namespace

SqliteCollections::SqliteCollections(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
SqliteCollections::~SqliteCollections() = default;

Result<std::unique_ptr<SqliteCollections>> SqliteCollections::open(const std::string& path, Mode mode) {
  const int flags = (mode == Mode::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
                    SQLITE_OPEN_NOMUTEX;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  auto impl = std::make_unique<Impl>(Impl{sqlite::Connection{handle}, path});
  if (code == SQLITE_CANTOPEN && mode == Mode::read_only)
    return failure(Errc::not_found, "open collections", path,
                   "the store has no collections yet: run `project run` first");
  if (code != SQLITE_OK) return sqlite::last_error(handle, "open collections");
  sqlite3_busy_timeout(handle, busy_millis_max);
  if (mode == Mode::read_write) {
    EVENTSTORE_TRY(sqlite::run_sql(handle, settings));
    EVENTSTORE_TRY(complete_checkpoints(handle));
  }
  return std::unique_ptr<SqliteCollections>{new SqliteCollections{std::move(impl)}};
}

Result<std::optional<Checkpoint>> SqliteCollections::checkpoint(std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(
      auto statement,
      sqlite::Statement::prepare(impl_->handle(),
                                 "SELECT * FROM _checkpoints WHERE collection = ?1 AND EXISTS (SELECT 1 FROM "
                                 "sqlite_master WHERE name = ?1)"));
  statement.bind(1, name);
  EVENTSTORE_TRY_ASSIGN(const bool found, statement.step());
  if (!found) return std::optional<Checkpoint>{};
  EVENTSTORE_TRY_ASSIGN(const Uuid store, Uuid::parse(statement.text(3)));
  // A file of an earlier version, which is only read, lacks the last columns.
  const auto number = [&](int column) {
    return column < statement.columns() ? static_cast<std::uint64_t>(statement.integer(column)) : 0;
  };
  return std::optional{Checkpoint{Position{number(1)}, number(2), store, std::string{statement.text(4)}, number(5) != 0,
                                  number(6), Position{number(7)}}};
}

Result<void> SqliteCollections::create(const CollectionShape& shape, std::string_view name, const Checkpoint& start) {
  impl_->writers.clear();
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(impl_->handle()));
  EVENTSTORE_TRY(sqlite::run_sql(impl_->handle(), sqlite::drop_table(name)));
  EVENTSTORE_TRY(sqlite::run_sql(impl_->handle(), sqlite::create_table(shape, name)));
  EVENTSTORE_TRY(begin_checkpoint(impl_->handle(), shape, name, start));
  return transaction.commit();
}

Result<void> SqliteCollections::commit(std::span<const CollectionBatch> batches) {
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(impl_->handle()));
  for (const auto& batch : batches) {
    auto writer = impl_->writers.find(batch.name);
    if (writer != impl_->writers.end() && !writer->second.writes(*batch.shape)) {
      impl_->writers.erase(writer);  // another process has put a collection of another shape in its place
      writer = impl_->writers.end();
    }
    if (writer == impl_->writers.end())
      writer = impl_->writers.try_emplace(batch.name, impl_->handle(), *batch.shape, batch.name).first;
    for (const auto& write : batch.writes) EVENTSTORE_TRY(writer->second.write(write));
    EVENTSTORE_TRY(move_checkpoint(impl_->handle(), batch));
  }
  return transaction.commit();
}

Result<void> SqliteCollections::finish(const CollectionShape& shape, Position at) {
  impl_->writers.clear();
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(impl_->handle()));
  EVENTSTORE_TRY_ASSIGN(const auto now, checkpoint(shape.name));
  if (!now || now->position != at)
    return failure(Errc::locked, "make indexes", shape.name, "another worker has moved this collection's checkpoint");
  if (!now->building) return {};
  EVENTSTORE_TRY(sqlite::run_sql(impl_->handle(), sqlite::create_indexes(shape)));
  EVENTSTORE_TRY(set_built(impl_->handle(), shape.name));
  return transaction.commit();
}

Result<void> SqliteCollections::replace(const CollectionShape& shape, std::string_view replacement) {
  impl_->writers.clear();
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(impl_->handle()));
  EVENTSTORE_TRY(sqlite::run_sql(impl_->handle(), sqlite::drop_table(shape.name)));
  EVENTSTORE_TRY(sqlite::run_sql(
      impl_->handle(),
      fmt::format("ALTER TABLE {} RENAME TO {}", sqlite::quoted(replacement), sqlite::quoted(shape.name))));
  EVENTSTORE_TRY(sqlite::run_sql(impl_->handle(), sqlite::create_indexes(shape)));
  for (const auto* const sql : {"DELETE FROM _checkpoints WHERE collection = ?1 AND ?1 <> ?2",
                                "UPDATE _checkpoints SET collection = ?1, building = 0 WHERE collection = ?2"}) {
    EVENTSTORE_TRY_ASSIGN(auto statement, sqlite::Statement::prepare(impl_->handle(), sql));
    statement.bind(1, std::string_view{shape.name});
    statement.bind(2, replacement);
    EVENTSTORE_TRY(statement.run());
  }
  return transaction.commit();
}

Result<void> SqliteCollections::copy(const CollectionShape& shape, std::string_view from, std::string_view name,
                                     const Checkpoint& start) {
  impl_->writers.clear();
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(impl_->handle()));
  EVENTSTORE_TRY(sqlite::copy_documents(impl_->handle(), shape, from, name));
  EVENTSTORE_TRY(begin_checkpoint(impl_->handle(), shape, name, start));
  return transaction.commit();
}

// A checkpoint of the WAL syncs it, and the database after it.
Result<void> SqliteCollections::sync() {
  EVENTSTORE_TRY_ASSIGN(auto statement, sqlite::Statement::prepare(impl_->handle(), "PRAGMA wal_checkpoint(FULL)"));
  EVENTSTORE_TRY_ASSIGN(const bool has_row, statement.step());
  if (has_row && statement.integer(0) == 0) return {};
  return failure(Errc::locked, "sync collections", impl_->path, "another process reads or writes: try again");
}

Result<void> SqliteCollections::drop(std::string_view name) {
  impl_->writers.clear();
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(impl_->handle()));
  EVENTSTORE_TRY(sqlite::run_sql(impl_->handle(), sqlite::drop_table(name)));
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        sqlite::Statement::prepare(impl_->handle(), "DELETE FROM _checkpoints WHERE collection = ?1"));
  statement.bind(1, name);
  EVENTSTORE_TRY(statement.run());
  return transaction.commit();
}

Result<std::uint64_t> SqliteCollections::count(std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const bool exists, table_exists(impl_->handle(), name));
  if (!exists) return failure(Errc::not_found, "count documents", std::string{name}, "no such collection");
  EVENTSTORE_TRY_ASSIGN(const auto counted, rows("SELECT count(*) FROM " + sqlite::quoted(name)));
  return static_cast<std::uint64_t>(std::get<std::int64_t>(counted.front().front()));
}

Result<std::uint64_t> SqliteCollections::expire(const CollectionShape& shape, Timestamp moment) {
  // Documents that gather many events are as old as the hour they stand for.
  const auto* const born = shape.column("created_at") < shape.columns.size() ? "created_at" : "timestamp";
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        sqlite::Statement::prepare(impl_->handle(), fmt::format("DELETE FROM {} WHERE {} < ?1",
                                                                                sqlite::quoted(shape.name), born)));
  const auto text = moment.to_string();
  statement.bind(1, std::string_view{text});
  EVENTSTORE_TRY(statement.run());
  return static_cast<std::uint64_t>(sqlite3_changes64(impl_->handle()));
}

}  // namespace v1
}  // namespace eventstore
