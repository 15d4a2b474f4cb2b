#include <bench/commit_queue.hpp>

#include <atomic>
#include <eventstore/os/detail/wake_word.hpp>
#include <thread>

namespace bench {

bool CommitQueue::append(const Batch& batch) {
  std::unique_lock lock{mutex_};
  const bool leads = !forming_;
  if (leads) forming_ = std::make_shared<Group>();
  const auto group = forming_;
  const auto place = group->batches.size();
  group->batches.push_back({&batch});
  lock.unlock();
  std::atomic_ref<std::uint32_t> done{group->done};
  if (leads) {
    // Those whom the last group woke are about to come: let them in, instead of paying a sync for one batch alone.
    std::this_thread::yield();
    const std::unique_lock writing{writing_};
    lock.lock();
    forming_.reset();
    lock.unlock();
    try {
      write_(group->batches);
    } catch (...) {
      group->failed = std::current_exception();
    }
    done.store(1, std::memory_order_release);
    eventstore::wake_all(group->done, eventstore::WaitScope::process);
  } else {
    while (done.load(std::memory_order_acquire) == 0)
      eventstore::wait_on(group->done, 0, std::chrono::milliseconds{1000}, eventstore::WaitScope::process);
  }
  if (group->failed) std::rethrow_exception(group->failed);
  return group->batches[place].accepted;
}

}  // namespace bench
