#include "group_sync.hpp"

#include <eventstore/os/wake_word.hpp>

namespace eventstore::inline v1 {

struct GroupSync::Group {
  enum State : std::uint32_t { forming, leader_wanted, leader_found, done };

  std::uint32_t word = forming;  // waited on; only touched as an atomic
  std::optional<Error> error{};  // set before it is done

  [[nodiscard]] std::atomic_ref<std::uint32_t> state() { return std::atomic_ref{word}; }
  // Whether it is for the caller to lead; returns when that, or when the group is done.
  bool wait_to_lead() {
    constexpr std::chrono::hours patience{1};
    for (;;) {
      auto seen = state().load(std::memory_order_acquire);
      if (seen == done) return false;
      if (seen == leader_wanted && state().compare_exchange_strong(seen, leader_found)) return true;
      wait_on(word, seen, patience, WaitScope::process);
    }
  }
};

Result<void> GroupSync::wait(Lock& lock, format::Location end) {
  while (synced_ < end) {
    if (failure_) return failure(*failure_);
    if (!is_syncing_) {
      lead(lock);
      continue;
    }
    if (forming_ == nullptr) forming_ = std::make_shared<Group>();
    const auto group = forming_;
    lock.unlock();
    while (group->wait_to_lead()) {
      lock.lock();
      // Whoever came to write meanwhile may have taken the lead, and this group with it.
      if (!is_syncing_ && forming_ == group) lead(lock);
      lock.unlock();
    }
    if (group->error) return failure(*group->error);
    return {};
  }
  return {};
}

void GroupSync::lead(Lock& lock) {
  const auto group = std::exchange(forming_, nullptr);
  // After a failed sync another one would report success for pages that the first one lost.
  if (!failure_) sync(lock);
  const auto next = forming_;
  const auto error = failure_;
  lock.unlock();
  idle_.notify_all();
  if (next != nullptr) {
    next->state().store(Group::leader_wanted, std::memory_order_release);
    wake_one(next->word, WaitScope::process);
  }
  if (group != nullptr) {
    group->error = error;
    group->state().store(Group::done, std::memory_order_release);
    wake_all(group->word, WaitScope::process);
  }
  lock.lock();
}

void GroupSync::sync(Lock& lock) {
  const auto goal = goal_();
  if (goal.end <= synced_) return;
  is_syncing_ = true;
  lock.unlock();
  auto synced = goal.file->sync_data();
  lock.lock();
  is_syncing_ = false;
  if (synced) {
    synced_ = std::max(synced_, goal.end);
    on_synced_(goal);
  } else {
    fail(std::move(synced.error()));
  }
}

Error GroupSync::fail(Error cause) {
  failure_ = on_failed_(std::move(cause));
  return *failure_;
}

void GroupSync::wait_until_idle(Lock& lock) {
  idle_.wait(lock, [&] { return !is_syncing_; });
}

}  // namespace eventstore::inline v1
