#pragma once
// The following half of FileLog: it lets a process that only reads see the commits of the writing process.
#include <atomic>
#include <eventstore/os/detail/threads.hpp>

#include "../files/end_finder.hpp"
#include "follower.hpp"

namespace eventstore::engine {

/// Threads: every member from any thread.
class Reader {
 public:
  Reader(const StoreFiles& store, LogIndex& index, const Uuid& store_id)
      : store_{store},
        index_{index},
        store_id_{store_id},
        end_{store, store_id},
        follower_{store, index, store_id, OpenMode::read} {}

  /// Takes in the commits that were published since the last call. Errors: as EndFinder::find and Follower::follow.
  /// Cost: two loads if there are none; twice a second one look for the file `head`.
  Result<void> refresh();

  /// Lets go of what reads have kept open, if it is much and nobody else is at work here.
  void let_go_if_much();

  /// Takes in the segments that were dropped since the last call; false if there are none. Errors: as load_expired.
  Result<bool> expire();

  [[nodiscard]] std::uint32_t word() const { return end_.word(); }
  void wait(std::uint32_t seen, std::chrono::milliseconds patience) const { end_.wait(seen, patience); }

 private:
  Result<void> begin();
  Result<bool> take_in_expired();
  Result<void> follow();
  [[nodiscard]] Result<void> check_published(format::Location end) const;
  Result<void> follow_published(format::Location end);
  Result<void> follow_measured(const ReadableEnd& found);
  void take_over_indexes();

  const StoreFiles& store_;
  LogIndex& index_;
  const Uuid store_id_;
  std::atomic<std::uint64_t> followed_{0};  // the published end up to which all is in the index
  EndFinder end_;                           // changed with the mutex held
  Mutex mutex_;                             // guards everything below
  Follower follower_;
  bool has_begun_ = false;
  std::uint32_t tried_in_ = 0;  // the last segment in which index files were looked for
  bool is_damaged_ = false;     // at the end: there is nothing to follow any more
};

}  // namespace eventstore::engine
