#include "group_commit.hpp"

#include <new>
#include <utility>

#include "group_word.hpp"

namespace eventstore::engine {

struct GroupCommit::Group {
  GroupWord word;
  RequestList pending;      // not yet judged
  RequestList taken;        // judged; guarded by the host's mutex until the group is done
  std::size_t size = 0;     // all requests
  std::size_t waiting = 0;  // those with a thread that could lead
  bool is_large = false;    // set before it is led: not to be waited for
};

std::shared_ptr<GroupCommit::Group> GroupCommit::join(AppendRequest& request, bool& leads) {
  const std::lock_guard queue{queue_mutex_};
  if (forming_ == nullptr) forming_ = std::make_shared<Group>();
  forming_->pending.push_back(request);
  ++forming_->size;
  ++(request.done ? async_count_ : forming_->waiting);
  leads = !std::exchange(has_leader_, true);
  return forming_;
}

void GroupCommit::submit(AppendRequest& request) {
  bool leads = false;
  const auto group = join(request, leads);
  if (leads) return lead(*group, true);
  // If another thread holds the mutex, that thread or the leader writes for this thread too.
  if (mutex_.try_lock()) {
    const Lock lock{mutex_, std::adopt_lock};
    take_pending(*group);
  }
  if (group->word.wait_to_lead()) lead(*group, true);
}

void GroupCommit::take_pending(Group& group) {
  for (;;) {
    RequestList requests;
    {
      const std::lock_guard queue{queue_mutex_};
      requests = std::exchange(group.pending, {});
    }
    if (requests.is_empty()) return;
    while (!requests.is_empty()) {
      if (!host_.take(*requests.first(), is_syncing_)) {
        const std::lock_guard queue{queue_mutex_};
        group.pending.put_in_front(requests);
        return;
      }
      group.taken.push_back(requests.pop_front());
    }
  }
}

void GroupCommit::lead(Group& group, bool is_member) {
  // Those whom the last group woke are about to come: let them in, instead of having them wait for another sync.
  if (others_return_ && !group.is_large) yield_thread();
  {
    Lock lock{mutex_};
    take_pending(group);
    {
      const std::lock_guard queue{queue_mutex_};
      forming_ = nullptr;
    }
    take_pending(group);
    bool needs_sync = false;
    for (const auto* request = group.taken.first(); request != nullptr; request = request->next)
      needs_sync = needs_sync || request->needs_sync;
    others_return_ = needs_sync && group.size > 1;
    // After a failed sync another one would report success for pages that the first one lost.
    if (needs_sync && !failure_) sync(lock);
    if (needs_sync && failure_)
      for (auto* request = group.taken.first(); request != nullptr; request = request->next)
        if (request->needs_sync) request->result = tl::unexpected<Error>{told_failure()};
  }
  finish(group, is_member);
}

void GroupCommit::sync(Lock& lock) {
  const auto goal = host_.goal();
  if (!goal) return;
  is_syncing_ = true;
  lock.unlock();
  const auto start = steady_time();
  auto synced = [&]() -> Result<void> {
    try {
      return goal->file->sync_data();
    } catch (const std::bad_alloc&) {  // for what failed
      return tl::unexpected<Error>{Error{Errc::io_failed, "sync"}};
    }
  }();
  const auto time = steady_time() - start;
  lock.lock();
  sync_time_ = time;
  is_syncing_ = false;
  if (synced)
    host_.on_synced(*goal);
  else
    fail(std::move(synced.error()));
  idle_.notify_all();
}

// What is short enough to need no memory is told when there is none.
Error GroupCommit::fail(Error cause) {
  if (!failure_) failure_ = Error{Errc::outcome_unknown, "append"};
  try {
    failure_ = host_.on_failed(std::move(cause));
  } catch (const std::bad_alloc&) {
  }
  return told_failure();
}

Error GroupCommit::told_failure() const {
  try {
    return *failure_;
  } catch (const std::bad_alloc&) {
    return Error{Errc::outcome_unknown, "append"};
  }
}

void GroupCommit::wait_until_idle(Lock& lock) {
  idle_.wait(lock, [&] { return !is_syncing_; });
}

// Whether to start the next group's sync before the others come back. To come back takes a thread some microseconds: as
// soon as that adds up to more than a sync takes, two groups in turn are faster than one with all in it.
bool GroupCommit::is_large(const Group& group) const {
  constexpr std::chrono::microseconds to_come_back{8};
  return static_cast<std::int64_t>(group.size) * to_come_back > sync_time_;
}

// Wakes the threads that waited for the group, and calls a thread to lead the next one.
void GroupCommit::finish(Group& group, bool is_member) {
  RequestList done_async;
  while (!group.taken.is_empty())
    if (auto& request = group.taken.pop_front(); request.done) done_async.push_back(request);
  const auto next = pass_lead(done_async);
  if (next != nullptr && next->is_large) next->word.call_leader();
  const auto others = group.waiting - (is_member ? 1 : 0);
  group.word.finish(others > 0);
  if (next != nullptr && !next->is_large) next->word.call_leader();
  call_done();
}

// One thread calls at a time, in the order in which requests were done; other threads leave their requests to it.
void GroupCommit::call_done() {
  std::unique_lock queue{queue_mutex_};
  if (is_calling_) return;
  is_calling_ = true;
  while (!to_call_.is_empty()) {
    std::unique_ptr<AppendRequest> request{&to_call_.pop_front()};
    queue.unlock();
    request->done(std::move(request->result));
    request.reset();
    queue.lock();
    if (--async_count_ == 0) async_changed_.notify_all();
  }
  is_calling_ = false;
}

// The next group, if one of its threads must be called to lead it. Finished requests are queued before that group is
// led.
std::shared_ptr<GroupCommit::Group> GroupCommit::pass_lead(RequestList done) {
  const std::lock_guard queue{queue_mutex_};
  while (!done.is_empty()) to_call_.push_back(done.pop_front());
  has_leader_ = forming_ != nullptr;
  if (forming_ == nullptr) return nullptr;
  if (forming_->waiting == 0) {
    to_lead_ = forming_;
    async_changed_.notify_all();
    return nullptr;
  }
  forming_->is_large = is_large(*forming_);
  return forming_;
}

void GroupCommit::submit_async(std::unique_ptr<AppendRequest>& owned) {
  {
    const std::lock_guard queue{queue_mutex_};
    if (!async_leader_.joinable()) async_leader_ = Thread{[this](const std::stop_token& stop) { lead_async(stop); }};
  }
  bool leads = false;
  const auto* const request = owned.get();
  const auto group = join(*owned, leads);
  (void)owned.release();  // call_done() takes it back
  // Once it is done it may be gone: it is only looked for.
  const auto is_pending = [&] {
    const std::lock_guard queue{queue_mutex_};
    const auto* next = group->pending.first();
    while (next != nullptr && next != request) next = next->next;
    return next != nullptr;
  };
  {
    Lock lock{mutex_};
    for (take_pending(*group); is_pending(); take_pending(*group)) wait_until_idle(lock);
  }
  if (!leads) return;
  const std::lock_guard queue{queue_mutex_};
  to_lead_ = group;
  async_changed_.notify_all();
}

void GroupCommit::lead_async(const std::stop_token& stop) {
  for (;;) {
    std::shared_ptr<Group> group;
    {
      std::unique_lock queue{queue_mutex_};
      if (!async_changed_.wait(queue, stop, [&] { return to_lead_ != nullptr; })) return;
      group = std::exchange(to_lead_, nullptr);
    }
    lead(*group, false);
  }
}

void GroupCommit::finish_async() {
  Thread leader;
  {
    std::unique_lock queue{queue_mutex_};
    async_changed_.wait(queue, [&] { return async_count_ == 0; });
    leader = std::move(async_leader_);
  }
}

}  // namespace eventstore::engine
