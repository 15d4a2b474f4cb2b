// The end of building: indexes are made, and a rebuilt collection takes the place of the live one.
#include "checkpoints.hpp"
#include "counts.hpp"
#include "database_file.hpp"
#include "expiry.hpp"
#include "impl.hpp"
#include "indexes.hpp"
#include "layout.hpp"
#include "passed_over.hpp"
#include "set_aside.hpp"

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

}  // namespace

// A transaction for each index: the WAL is no larger than an index, and what was made before a stop stays.
Result<void> SqliteCollections::finish(const CollectionShape& shape, Position at) {
  impl_->writers.clear();
  EVENTSTORE_TRY_ASSIGN(const bool is_building, impl_->is_building(shape, at));
  if (!is_building) return {};
  const SortInSmallPieces sorting{impl_->handle()};
  const auto in_transaction = [&](sqlite::MakeIndex make_index) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(impl_->handle()));
    EVENTSTORE_TRY(impl_->is_building(shape, at));
    EVENTSTORE_TRY_ASSIGN(const auto removed, make_index());
    EVENTSTORE_TRY(sqlite::take_from_count(impl_->handle(), shape.name, removed));
    return transaction.commit();
  };
  EVENTSTORE_TRY(sqlite::make_indexes(impl_->handle(), shape, *impl_->watcher, in_transaction));
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(impl_->handle()));
  EVENTSTORE_TRY(impl_->is_building(shape, at));
  EVENTSTORE_TRY(sqlite::set_built(impl_->handle(), shape.name));
  return transaction.commit();
}

Result<void> SqliteCollections::replace(const CollectionShape& shape, std::string_view replacement) {
  impl_->writers.clear();
  const SortInSmallPieces sorting{impl_->handle()};
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(impl_->handle()));
  EVENTSTORE_TRY(sqlite::expire_replacement(impl_->handle(), shape, replacement));
  EVENTSTORE_TRY(sqlite::drop_id_index(impl_->handle(), replacement));
  EVENTSTORE_TRY(sqlite::drop_collection(impl_->handle(), shape.name));
  EVENTSTORE_TRY(sqlite::rename_collection(impl_->handle(), shape, replacement, shape.name));
  EVENTSTORE_TRY(sqlite::replace_count(impl_->handle(), shape.name, replacement));
  const auto at_once = [&](sqlite::MakeIndex make_index) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(const auto removed, make_index());
    return sqlite::take_from_count(impl_->handle(), shape.name, removed);
  };
  EVENTSTORE_TRY(sqlite::make_indexes(impl_->handle(), shape, *impl_->watcher, at_once));
  for (const auto* const sql : {"DELETE FROM _checkpoints WHERE collection = ?1 AND ?1 <> ?2",
                                "UPDATE _checkpoints SET collection = ?1, building = 0 WHERE collection = ?2"}) {
    EVENTSTORE_TRY_ASSIGN(auto statement, sqlite::Statement::prepare(impl_->handle(), sql));
    statement.bind(1, std::string_view{shape.name});
    statement.bind(2, replacement);
    EVENTSTORE_TRY(statement.run());
  }
  EVENTSTORE_TRY(sqlite::replace_passed_over(impl_->handle(), shape.name, replacement));
  EVENTSTORE_TRY(sqlite::replace_set_aside(impl_->handle(), shape.name, replacement));
  return transaction.commit();
}

}  // namespace v1
}  // namespace eventstore
