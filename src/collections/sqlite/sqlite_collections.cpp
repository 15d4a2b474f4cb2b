#include "checkpoints.hpp"
#include "copy.hpp"
#include "database_file.hpp"
#include "impl.hpp"
#include "passed_over.hpp"
#include "tables.hpp"

#include <fmt/format.h>

namespace eventstore {
inline namespace v1 {

SqliteCollections::SqliteCollections(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}

SqliteCollections::~SqliteCollections() {
  impl_->writers.clear();
  if (impl_->mode == Mode::read_write) sqlite::leave_for_readers(impl_->handle());
}

Result<std::unique_ptr<SqliteCollections>> SqliteCollections::open(const std::string& path, Mode mode) {
  EVENTSTORE_TRY_ASSIGN(auto connection, sqlite::open_database(path, mode));
  auto impl = std::make_unique<Impl>(Impl{std::move(connection), path, mode});
  return std::unique_ptr<SqliteCollections>{new SqliteCollections{std::move(impl)}};
}

Result<std::optional<Checkpoint>> SqliteCollections::checkpoint(std::string_view name) {
  return sqlite::read_checkpoint(impl_->handle(), name);
}

Result<void> SqliteCollections::create(const CollectionShape& shape, std::string_view name, const Checkpoint& start) {
  impl_->writers.clear();
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(impl_->handle()));
  EVENTSTORE_TRY(sqlite::run_sql(impl_->handle(), sqlite::drop_table(name)));
  EVENTSTORE_TRY(sqlite::run_sql(impl_->handle(), sqlite::create_table(shape, name)));
  EVENTSTORE_TRY(sqlite::begin_checkpoint(impl_->handle(), shape, name, start));
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
    EVENTSTORE_TRY(sqlite::move_checkpoint(impl_->handle(), batch));
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
  EVENTSTORE_TRY(sqlite::set_built(impl_->handle(), shape.name));
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
  EVENTSTORE_TRY(sqlite::replace_passed_over(impl_->handle(), shape.name, replacement));
  return transaction.commit();
}

Result<void> SqliteCollections::copy(const CollectionShape& shape, std::string_view from, std::string_view name,
                                     const Checkpoint& start) {
  impl_->writers.clear();
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(impl_->handle()));
  EVENTSTORE_TRY(sqlite::copy_documents(impl_->handle(), shape, from, name));
  EVENTSTORE_TRY(sqlite::begin_checkpoint(impl_->handle(), shape, name, start));
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
  EVENTSTORE_TRY(sqlite::replace_passed_over(impl_->handle(), name));
  return transaction.commit();
}

Result<std::uint64_t> SqliteCollections::count(std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const bool exists, sqlite::table_exists(impl_->handle(), name));
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
