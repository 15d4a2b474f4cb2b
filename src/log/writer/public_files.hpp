#pragma once
// The files of a store that tell other processes about its writer, and that may be deleted or replaced at any time: the
// published end, and the lock's name.
#include <atomic>
#include <optional>
#include <vector>

#include "../files/published_end.hpp"
#include "../files/writer_lock.hpp"

namespace eventstore::engine {

/// Threads: head() from any thread; publish() and those after it one at a time.
class PublicFiles {
 public:
  PublicFiles(const StoreFiles& store, const Uuid& store_id, WriterLock lock, PublishedEnd head);

  [[nodiscard]] const PublishedEnd& head() const { return *head_.load(std::memory_order_acquire); }
  void publish(format::Location end, Position last);
  /// Makes the files again if they were deleted or replaced. Errors: those of the files; the next call tries again.
  Result<void> restore();
  /// Gives the lock back.
  void unlock() { lock_.reset(); }

 private:
  const StoreFiles& store_;
  const Uuid store_id_;
  std::optional<WriterLock> lock_;
  format::Location end_{};  // that was published
  Position last_{};
  std::vector<std::unique_ptr<const PublishedEnd>> heads_;  // replaced ones too: a thread may be waiting on one
  std::atomic<const PublishedEnd*> head_;
};

}  // namespace eventstore::engine
