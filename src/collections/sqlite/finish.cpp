// The end of building: indexes are made, and a rebuilt collection takes the place of the live one.
#include "certificates.hpp"
#include "checkpoints.hpp"
#include "counts.hpp"
#include "database_file.hpp"
#include "digest_beside.hpp"
#include "expiry.hpp"
#include "impl.hpp"
#include "indexes.hpp"
#include "kept.hpp"
#include "layout.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

// SQLite sorts an index in pieces that are as large as its cache. Pieces that the processor's own cache holds are
// sorted in half the time; docs/inside/projection-speed.md has the figures.
class SortInSmallPieces {
 public:
  explicit SortInSmallPieces(sqlite3* connection) : connection_{connection} { set(sqlite::cache_for_sorting); }
  ~SortInSmallPieces() { set(sqlite::cache); }
  SortInSmallPieces(const SortInSmallPieces&) = delete;
  SortInSmallPieces& operator=(const SortInSmallPieces&) = delete;

 private:
  // A size that stays as it was makes nothing wrong.
  void set(const char* sql) const { (void)sqlite3_exec(connection_, sql, nullptr, nullptr, nullptr); }

  sqlite3* connection_;
};

// The digest of documents whose indexes are made. What was found holds if no document has changed since.
Result<Digest128> digest_of(sqlite3* connection, const CollectionShape& shape, std::string_view name,
                            const std::optional<sqlite::DigestBeside::Found>& found) {
  EVENTSTORE_TRY_ASSIGN(const auto count, sqlite::read_count(connection, name));
  if (found && count && count->changes == found->changes) return found->digest;
  return sqlite::scan_digest(connection, shape, name);
}

}  // namespace

// A transaction for each index: the WAL is no larger than an index, and what was made before a stop stays.
Result<void> SqliteCollections::finish(const CollectionShape& shape, std::string_view name, Position at) {
  impl_->writers.clear();
  EVENTSTORE_TRY_ASSIGN(const bool is_building, impl_->is_building(name, at));
  if (!is_building) return {};
  const SortInSmallPieces sorting{impl_->handle()};
  sqlite::DigestBeside digest{impl_->handle(), shape, name};
  const auto in_transaction = [&](sqlite::MakeIndex make_index) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(impl_->handle()));
    EVENTSTORE_TRY(impl_->is_building(name, at));
    EVENTSTORE_TRY_ASSIGN(const auto removed, make_index());
    EVENTSTORE_TRY(sqlite::take_from_count(impl_->handle(), name, removed));
    const sqlite::DigestBeside::Pause pause{digest};
    return transaction.commit();
  };
  EVENTSTORE_TRY(sqlite::make_indexes(impl_->handle(), shape, name, *impl_->watcher, in_transaction));
  EVENTSTORE_TRY_ASSIGN(const auto found, digest.wait(*impl_->watcher));
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(impl_->handle()));
  EVENTSTORE_TRY(impl_->is_building(name, at));
  EVENTSTORE_TRY_ASSIGN(const auto made, digest_of(impl_->handle(), shape, name, found));
  EVENTSTORE_TRY(sqlite::write_digest(impl_->handle(), name, made));
  EVENTSTORE_TRY(sqlite::set_built(impl_->handle(), name));
  return transaction.commit();
}

Result<void> SqliteCollections::order_by_id(const CollectionShape& shape, std::string_view name, Position at) {
  impl_->writers.clear();
  const SortInSmallPieces sorting{impl_->handle()};
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(impl_->handle()));
  EVENTSTORE_TRY(impl_->is_building(name, at));
  EVENTSTORE_TRY_ASSIGN(const bool is_ordered, sqlite::has_id_index(impl_->handle(), name));
  if (is_ordered) return {};
  EVENTSTORE_TRY_ASSIGN(const auto removed, sqlite::make_id_index(impl_->handle(), shape, name));
  EVENTSTORE_TRY(sqlite::take_from_count(impl_->handle(), name, removed));
  return transaction.commit();
}

Result<void> SqliteCollections::replace(const CollectionShape& shape, std::string_view replacement) {
  impl_->writers.clear();
  const SortInSmallPieces sorting{impl_->handle()};
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(impl_->handle()));
  EVENTSTORE_TRY_ASSIGN(const bool is_there, sqlite::table_exists(impl_->handle(), replacement));
  if (!is_there) return failure(Errc::not_found, "replace collection", std::string{replacement}, "no such collection");
  EVENTSTORE_TRY_ASSIGN(const auto place, sqlite::read_place(impl_->handle(), replacement));
  // A worker has made the indexes before: here they would keep readers of the new collection and writers waiting.
  if (!place || place->is_building) {
    const auto at_once = [&](sqlite::MakeIndex make_index) -> Result<void> {
      EVENTSTORE_TRY_ASSIGN(const auto removed, make_index());
      return sqlite::take_from_count(impl_->handle(), replacement, removed);
    };
    EVENTSTORE_TRY(sqlite::make_indexes(impl_->handle(), shape, replacement, *impl_->watcher, at_once));
    EVENTSTORE_TRY_ASSIGN(const auto made, sqlite::scan_digest(impl_->handle(), shape, replacement));
    EVENTSTORE_TRY(sqlite::write_digest(impl_->handle(), replacement, made));
    EVENTSTORE_TRY(sqlite::set_built(impl_->handle(), replacement));
  }
  EVENTSTORE_TRY(sqlite::expire_replacement(impl_->handle(), shape, replacement));
  EVENTSTORE_TRY(sqlite::keep_collection(impl_->handle(), shape.name));
  EVENTSTORE_TRY(sqlite::rename_collection(impl_->handle(), shape, replacement, shape.name));
  EVENTSTORE_TRY(sqlite::move_records(impl_->handle(), replacement, shape.name));
  return transaction.commit();
}

Result<void> SqliteCollections::roll_back(std::string_view name) {
  impl_->writers.clear();
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(impl_->handle()));
  EVENTSTORE_TRY(sqlite::swap_with_kept(impl_->handle(), name));
  return transaction.commit();
}

}  // namespace v1
}  // namespace eventstore
