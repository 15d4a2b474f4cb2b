#pragma once
// Group commit for engines that have none: who comes while a group is being written forms the next one.
#include <bench/data.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace bench {

/// One batch in a group, and the answer to it.
struct Queued {
  const Batch* batch = nullptr;
  bool accepted = false;
};

/// Threads: append from any thread; `write` is called by one thread at a time.
class CommitQueue {
 public:
  /// `write` writes all the batches with one sync, and sets each one's `accepted`.
  using Write = std::function<void(std::vector<Queued>&)>;

  explicit CommitQueue(Write write) : write_{std::move(write)} {}
  bool append(const Batch& batch);

 private:
  struct Group {
    std::vector<Queued> batches;
    std::exception_ptr failed;
    std::uint32_t done = 0;  // futex word
  };

  Write write_;
  std::mutex writing_;  // held by the leader while its group is written
  std::mutex mutex_;    // guards forming_
  std::shared_ptr<Group> forming_;
};

}  // namespace bench
