#include "public_files.hpp"

namespace eventstore::engine {

PublicFiles::PublicFiles(const StoreFiles& store, const Uuid& store_id, WriterLock lock, PublishedEnd head)
    : store_{store}, store_id_{store_id}, lock_{std::move(lock)} {
  heads_.push_back(std::make_unique<const PublishedEnd>(std::move(head)));
  head_ = heads_.back().get();
}

void PublicFiles::publish(format::Location end, Position last) {
  end_ = end;
  last_ = last;
  head().publish(end, last);
}

Result<void> PublicFiles::restore() {
  EVENTSTORE_TRY_ASSIGN(const bool is_in_place, head().is_in_place());
  if (!is_in_place) {
    EVENTSTORE_TRY_ASSIGN(auto head, PublishedEnd::open_to_publish(store_.files(), store_.path("head"), store_id_));
    heads_.push_back(std::make_unique<const PublishedEnd>(std::move(head)));
    heads_.back()->publish(end_, last_);
    head_.store(heads_.back().get(), std::memory_order_release);
  }
  return lock_ ? lock_->restore(store_) : Result<void>{};
}

}  // namespace eventstore::engine
