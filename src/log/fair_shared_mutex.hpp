#pragma once
// A shared mutex under which readers that keep coming cannot keep the writer out for ever, as glibc's own lets them.
#include <atomic>
#include <mutex>
#include <shared_mutex>

namespace eventstore::inline v1 {

/// Use with std::shared_lock and std::unique_lock. A reader that comes while a writer waits lets it go first; otherwise
/// readers pay one load more than for std::shared_mutex.
class FairSharedMutex {
 public:
  void lock() {
    const std::lock_guard first{gate_};
    writer_waits_.store(true, std::memory_order_relaxed);
    inner_.lock();
    writer_waits_.store(false, std::memory_order_relaxed);
  }
  void unlock() { inner_.unlock(); }

  void lock_shared() {
    // Only who goes first depends on this; what is read is guarded by inner_.
    if (writer_waits_.load(std::memory_order_relaxed)) const std::lock_guard behind_the_writer{gate_};
    inner_.lock_shared();
  }
  void unlock_shared() { inner_.unlock_shared(); }

 private:
  std::mutex gate_;
  std::atomic<bool> writer_waits_{false};
  std::shared_mutex inner_;
};

}  // namespace eventstore::inline v1
