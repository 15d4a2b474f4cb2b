#pragma once
// The following half of FileLog: it lets a process that only reads see the commits of the writing process.
#include <atomic>
#include <thread>

#include "../files/published_end.hpp"
#include "follower.hpp"

namespace eventstore::engine {

/// Threads: every member from any thread.
class Reader {
 public:
  Reader(const StoreFiles& store, LogIndex& index, const Uuid& store_id)
      : store_{store}, index_{index}, store_id_{store_id}, follower_{store, index, store_id, OpenMode::read} {}

  /// Takes in the commits that were published since the last call. Errors: as Follower::follow. Cost: one load if there
  /// are none.
  Result<void> refresh();

  /// Takes in the segments that were dropped since the last call; false if there are none. Errors: as load_expired.
  Result<bool> expire();

  [[nodiscard]] std::uint32_t word();
  void wait(std::uint32_t seen, std::chrono::milliseconds patience);

 private:
  Result<void> begin();
  Result<void> open_head();
  Result<bool> take_in_expired();
  Result<void> follow();
  Result<void> follow_published(format::Location end);
  Result<void> follow_alone();
  void take_over_indexes();
  [[nodiscard]] const PublishedEnd* head() const {
    return has_head_.load(std::memory_order_acquire) ? &*head_ : nullptr;
  }

  const StoreFiles& store_;
  LogIndex& index_;
  const Uuid store_id_;
  std::atomic<std::uint64_t> followed_{0};  // the published end up to which all is in the index
  std::atomic<bool> has_head_{false};       // head_ is constant once this is true
  std::mutex mutex_;                        // guards everything below
  std::optional<PublishedEnd> head_;
  Follower follower_;
  bool has_begun_ = false;
  std::uint32_t tried_in_ = 0;  // the last segment in which index files were looked for
  bool is_damaged_ = false;     // at the end: there is nothing to follow any more
};

}  // namespace eventstore::engine
