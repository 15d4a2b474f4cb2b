#pragma once
// Group commit: one sync for all who wait. Who finds no sync under way leads the next one; who comes meanwhile forms
// the next group, whose first leader is called as soon as the sync before is done. So a lone writer waits for one sync
// and for nothing else, and there are no delays that someone chose.
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>

#include "format.hpp"
#include "segment.hpp"

namespace eventstore::inline v1 {

/// Threads: every member needs the lock of the mutex that guards the log's end, and is called from any thread.
class GroupSync {
 public:
  /// What a sync is to cover: all that was written so far.
  struct Goal {
    std::shared_ptr<File> file;
    format::Location end{};
    Position last{};
  };
  using Lock = std::unique_lock<std::mutex>;

  /// `goal` tells what there is to sync; `synced` hears of it when it is on the disk, and `failed` of a sync that
  /// failed and gives the error for those who wait. All are called with the lock held.
  GroupSync(std::function<Goal()> goal, std::function<void(const Goal&)> synced, std::function<Error(Error)> failed)
      : goal_{std::move(goal)}, on_synced_{std::move(synced)}, on_failed_{std::move(failed)} {}

  /// Returns once all before `end`, which was written, is on the disk; meanwhile `lock` is given up, and on return it
  /// may be. Errors: what `failed` gave, when the sync failed that was to cover it.
  Result<void> wait(Lock& lock, format::Location end);
  /// Returns once no sync is under way; meanwhile `lock` is given up. It is held on return.
  void wait_until_idle(Lock& lock);

  [[nodiscard]] bool is_syncing() const { return is_syncing_; }
  /// A sync failed elsewhere: there will be no other. Gives the error for those who wait.
  Error fail(Error cause);
  [[nodiscard]] format::Location synced() const { return synced_; }
  /// What is on the disk by other means.
  void set_synced(format::Location end) { synced_ = end; }

 private:
  struct Group;
  void lead(Lock& lock);
  void sync(Lock& lock);

  std::function<Goal()> goal_;
  std::function<void(const Goal&)> on_synced_;
  std::function<Error(Error)> on_failed_;
  format::Location synced_{};
  bool is_syncing_ = false;
  std::optional<Error> failure_;    // of a sync, after which there is no other
  std::shared_ptr<Group> forming_;  // who waits for the sync after the one under way
  std::condition_variable idle_;
};

}  // namespace eventstore::inline v1
