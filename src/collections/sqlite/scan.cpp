// The documents of a collection one after the other.
#include "impl.hpp"
#include "scanned_rows.hpp"

namespace eventstore {
inline namespace v1 {

Result<ScannedPage> SqliteCollections::scan(const CollectionShape& shape, std::string_view name, std::string_view after,
                                            std::size_t limit) {
  EVENTSTORE_TRY_ASSIGN(
      auto rows, sqlite::ScannedRows::open(impl_->handle(), shape, name, "WHERE _id > ?1 ORDER BY _id LIMIT ?2"));
  rows.statement().bind(1, after.empty() ? std::string_view{""} : after);  // a view of nothing would be NULL
  rows.statement().bind(2, static_cast<std::int64_t>(limit));
  Result<ScannedPage> scanned{ScannedPage{rows.fields(), {}}};
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const bool more, rows.next());
    if (!more) return scanned;
    scanned->documents.push_back(rows.document());
  }
}

Result<void> SqliteCollections::hold_snapshot() { return sqlite::run_sql(impl_->handle(), "BEGIN"); }

void SqliteCollections::release_snapshot() {
  if (sqlite3_get_autocommit(impl_->handle()) == 0) (void)sqlite::run_sql(impl_->handle(), "ROLLBACK");
}

}  // namespace v1
}  // namespace eventstore
