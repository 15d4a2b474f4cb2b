#include "certificates.hpp"
#include "checkpoints.hpp"
#include "copy.hpp"
#include "counts.hpp"
#include "database_file.hpp"
#include "digest_scan.hpp"
#include "expiry.hpp"
#include "impl.hpp"
#include "kept.hpp"
#include "layout.hpp"
#include "paces.hpp"
#include "passed_over.hpp"
#include "set_aside.hpp"
#include "troubles.hpp"

#include <fmt/format.h>

namespace eventstore {
inline namespace v1 {

SqliteCollections::SqliteCollections(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}

SqliteCollections::~SqliteCollections() {
  impl_->watcher->watch(impl_->handle(), {});
  impl_->writers.clear();
  if (impl_->mode == Mode::read_write) sqlite::leave_for_readers(impl_->handle());
}

Result<std::unique_ptr<SqliteCollections>> SqliteCollections::open(const std::string& path, Mode mode,
                                                                   SqliteMemory memory) {
  EVENTSTORE_TRY_ASSIGN(auto connection, sqlite::open_database(path, mode));
  auto impl = std::make_unique<Impl>(Impl{std::move(connection), path, mode});
  impl->memory = memory;
  return std::unique_ptr<SqliteCollections>{new SqliteCollections{std::move(impl)}};
}

Result<std::optional<Checkpoint>> SqliteCollections::checkpoint(std::string_view name) {
  return sqlite::read_checkpoint(impl_->handle(), name);
}

Result<std::vector<std::string>> SqliteCollections::names() {
  std::vector<std::string> names;
  EVENTSTORE_TRY_ASSIGN(const bool exist, sqlite::table_exists(impl_->handle(), "_checkpoints"));
  if (!exist) return names;
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        sqlite::Statement::prepare(impl_->handle(), "SELECT collection FROM _checkpoints ORDER BY 1"));
  for (;;) {
    EVENTSTORE_TRY_ASSIGN(const bool more, statement.step());
    if (!more) return names;
    names.emplace_back(statement.text(0));
  }
}

Result<void> SqliteCollections::create(const CollectionShape& shape, std::string_view name, const Checkpoint& start) {
  impl_->writers.clear();
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(impl_->handle()));
  EVENTSTORE_TRY(sqlite::drop_collection(impl_->handle(), name));
  EVENTSTORE_TRY(sqlite::create_collection(impl_->handle(), shape, name));
  EVENTSTORE_TRY(sqlite::begin_checkpoint(impl_->handle(), shape, name, start));
  EVENTSTORE_TRY(sqlite::begin_count(impl_->handle(), name, 0, start.position));
  EVENTSTORE_TRY(sqlite::begin_certificate(impl_->handle(), name, start.position));
  EVENTSTORE_TRY(sqlite::replace_expired_before(impl_->handle(), name, {}));
  EVENTSTORE_TRY(sqlite::replace_set_aside(impl_->handle(), name));
  return transaction.commit();
}

void SqliteCollections::watch(WorkWatch watch) { impl_->watcher->watch(impl_->handle(), std::move(watch)); }

Result<void> SqliteCollections::copy(const CollectionShape& shape, std::string_view from, std::string_view name,
                                     const Checkpoint& start) {
  impl_->writers.clear();
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(impl_->handle()));
  EVENTSTORE_TRY_ASSIGN(const auto documents, sqlite::copy_documents(impl_->handle(), shape, from, name));
  EVENTSTORE_TRY(sqlite::begin_checkpoint(impl_->handle(), shape, name, start));
  EVENTSTORE_TRY(sqlite::begin_count(impl_->handle(), name, documents, start.position));
  EVENTSTORE_TRY(sqlite::begin_certificate(impl_->handle(), name, start.position));
  EVENTSTORE_TRY(sqlite::replace_expired_before(impl_->handle(), name, from));
  EVENTSTORE_TRY(sqlite::copy_set_aside(impl_->handle(), from, name));
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
  EVENTSTORE_TRY(sqlite::drop_collection(impl_->handle(), name));
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        sqlite::Statement::prepare(impl_->handle(), "DELETE FROM _checkpoints WHERE collection = ?1"));
  statement.bind(1, name);
  EVENTSTORE_TRY(statement.run());
  EVENTSTORE_TRY(sqlite::replace_passed_over(impl_->handle(), name));
  EVENTSTORE_TRY(sqlite::replace_set_aside(impl_->handle(), name));
  EVENTSTORE_TRY(sqlite::write_pace(impl_->handle(), name, std::nullopt));
  EVENTSTORE_TRY(sqlite::replace_count(impl_->handle(), name));
  EVENTSTORE_TRY(sqlite::replace_certificate(impl_->handle(), name));
  EVENTSTORE_TRY(sqlite::replace_expired_before(impl_->handle(), name, {}));
  EVENTSTORE_TRY(sqlite::forget_kept(impl_->handle(), name));
  return transaction.commit();
}

Result<void> SqliteCollections::note_trouble(std::string_view name, const std::optional<Trouble>& trouble) {
  return sqlite::write_trouble(impl_->handle(), name, trouble);
}

Result<std::optional<Trouble>> SqliteCollections::trouble(std::string_view name) {
  return sqlite::read_trouble(impl_->handle(), name);
}

Result<std::vector<SetAsideEvent>> SqliteCollections::set_aside(std::string_view name) {
  return sqlite::read_set_aside(impl_->handle(), name);
}

Result<Certificate> SqliteCollections::certificate(std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const auto moment, sqlite::Moment::begin(impl_->handle()));
  return sqlite::read_certificate(impl_->handle(), name);
}

Result<Digest128> SqliteCollections::compute_digest(const CollectionShape& shape, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const auto moment, sqlite::Moment::begin(impl_->handle()));
  return sqlite::scan_digest(impl_->handle(), shape, name);
}

Result<Digest128> SqliteCollections::keep_digest(const CollectionShape& shape, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(impl_->handle()));
  EVENTSTORE_TRY_ASSIGN(const auto digest, sqlite::scan_digest(impl_->handle(), shape, name));
  EVENTSTORE_TRY_ASSIGN(const auto place, sqlite::read_place(impl_->handle(), name));
  if (!place || place->is_building) return digest;
  // Rows that other programs have added or removed were not counted.
  EVENTSTORE_TRY_ASSIGN(const auto documents, sqlite::count_rows(impl_->handle(), name));
  EVENTSTORE_TRY_ASSIGN(const auto known, sqlite::read_count(impl_->handle(), name));
  if (!known || known->position != place->position || known->documents != documents)
    EVENTSTORE_TRY(sqlite::begin_count(impl_->handle(), name, documents, place->position));
  EVENTSTORE_TRY(sqlite::write_digest(impl_->handle(), name, digest));
  EVENTSTORE_TRY(transaction.commit());
  return digest;
}

Result<std::optional<Pace>> SqliteCollections::pace(std::string_view name) {
  return sqlite::read_pace(impl_->handle(), name);
}

Result<std::uint64_t> SqliteCollections::count(std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const bool exists, sqlite::table_exists(impl_->handle(), name));
  if (!exists) return failure(Errc::not_found, "count documents", std::string{name}, "no such collection");
  EVENTSTORE_TRY_ASSIGN(const auto place, sqlite::read_place(impl_->handle(), name));
  EVENTSTORE_TRY_ASSIGN(auto known, sqlite::read_count(impl_->handle(), name));
  if (place && known && known->position == place->position) return known->documents;
  // A file of an earlier build: who may write keeps the answer.
  if (!place || impl_->mode == Mode::read_only) return sqlite::count_rows(impl_->handle(), name);
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(impl_->handle()));
  EVENTSTORE_TRY_ASSIGN(const auto now, sqlite::read_place(impl_->handle(), name));
  EVENTSTORE_TRY_ASSIGN(const auto documents, sqlite::count_rows(impl_->handle(), name));
  EVENTSTORE_TRY(sqlite::begin_count(impl_->handle(), name, documents, now ? now->position : Position{}));
  EVENTSTORE_TRY(transaction.commit());
  return documents;
}

Result<std::uint64_t> SqliteCollections::expire(const CollectionShape& shape, std::string_view name, Timestamp moment,
                                                std::size_t documents_max) {
  // What a writer knows of rows may be of documents that go.
  if (const auto writer = impl_->writers.find(name); writer != impl_->writers.end()) impl_->writers.erase(writer);
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(impl_->handle()));
  EVENTSTORE_TRY_ASSIGN(const auto removed,
                        sqlite::expire_documents(impl_->handle(), shape, name, moment, documents_max));
  EVENTSTORE_TRY(transaction.commit());
  return removed;
}

Result<std::optional<Timestamp>> SqliteCollections::expired_before(std::string_view name) {
  return sqlite::read_expired_before(impl_->handle(), name);
}

Result<std::string> SqliteCollections::explain_expiry(const CollectionShape& shape) {
  EVENTSTORE_TRY_ASSIGN(const auto select, sqlite::select_older(impl_->handle(), shape, shape.name));
  return impl_->plan_of({select, {}});
}

}  // namespace v1
}  // namespace eventstore
