#pragma once
// Group commit: one sync serves all waiting threads. A thread leads if no other thread leads: it writes the queued
// commits, syncs, and wakes the threads that waited; then it calls one of the threads that came during the sync to lead
// the next group. While a sync runs, a new thread that finds no other thread writing writes the commits of all queued
// threads (flat combining: Hendler, Incze, Shavit, Tzafrir, 2010), so that the next sync can begin at once. A lone
// writer waits for one sync and for nothing else. No thread sleeps for a fixed time.
#include <chrono>
#include <eventstore/log/commit.hpp>
#include <eventstore/os/detail/threads.hpp>
#include <functional>
#include <optional>

#include "../bytes/format.hpp"
#include "../files/segment.hpp"
#include "writer_state.hpp"

namespace eventstore::engine {

/// One append that is running or, without a commit, a request to sync all commits.
struct AppendRequest {
  const Commit* commit = nullptr;
  Durability durability = Durability::every_commit;
  Result<Receipt> result{};  ///< set when it was checked; final when the request is done
  bool needs_sync = false;   ///< set when it was checked: the result holds once all earlier writes are on the disk
  /// Asynchronous: called when the request is done, which is then released.
  std::function<void(Result<Receipt>)> done{};
  std::optional<WriterState::Call> call{};  ///< asynchronous: inside until the request is released
  AppendRequest* next = nullptr;            ///< in the list that it is in
};

/// Requests in the order in which they came, linked through themselves: a queued request needs no further memory.
/// Threads: one at a time.
class RequestList {
 public:
  [[nodiscard]] AppendRequest* first() const { return first_; }
  [[nodiscard]] bool is_empty() const { return first_ == nullptr; }
  void push_back(AppendRequest& request) {
    request.next = nullptr;
    (is_empty() ? first_ : last_->next) = &request;
    last_ = &request;
  }
  /// Takes the first request out; there must be one.
  AppendRequest& pop_front() {
    auto& request = *first_;
    first_ = request.next;
    return request;
  }
  /// Takes in all of `others`, before the requests of this list.
  void put_in_front(RequestList others) {
    if (others.is_empty()) return;
    others.last_->next = first_;
    if (is_empty()) last_ = others.last_;
    first_ = others.first_;
  }

 private:
  AppendRequest* first_ = nullptr;
  AppendRequest* last_ = nullptr;
};

/// The object that writes and syncs. Called with the mutex held, except sync().
class GroupHost {
 public:
  /// The part of the log that a sync covers: all commits written so far.
  struct Goal {
    std::shared_ptr<File> file;
    format::Location end{};
    Position last{};
  };

  virtual ~GroupHost() = default;
  /// Checks and writes the commit. False, with nothing done, if the commit must wait until no sync is running.
  virtual bool take(AppendRequest& request, bool is_syncing) = 0;
  /// Absent if all written commits are on the disk.
  [[nodiscard]] virtual std::optional<Goal> goal() const = 0;
  virtual void on_synced(const Goal& goal) = 0;
  /// A sync failed; gives the error for the threads that wait for it. There is no further sync.
  virtual Error on_failed(Error cause) = 0;
};

/// Threads: every member from any thread.
class GroupCommit {
 public:
  using Lock = std::unique_lock<Mutex>;

  /// `mutex` guards the host.
  GroupCommit(GroupHost& host, Mutex& mutex) : host_{host}, mutex_{mutex} {}

  /// Returns when the request is done. Throws std::bad_alloc before it has queued, and not later.
  void submit(AppendRequest& request);
  /// Returns when the request was checked and written; its views are not used any more. Throws as submit, or
  /// std::system_error if no thread can be started; then the caller keeps the request.
  void submit_async(std::unique_ptr<AppendRequest>& request);
  /// Returns with `lock`, of the host's mutex, held while no sync is running.
  void wait_until_idle(Lock& lock);
  /// For the host, with the mutex held: a sync of its own failed, or what was written is not in the index. Gives the
  /// error for the threads that wait for it. Needs no memory; without memory the error says less.
  Error fail(Error cause);
  /// For the host, likewise: the error that ended all syncs; absent while all syncs have succeeded.
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }
  /// Returns when every asynchronous request is done; none may come any more.
  void finish_async();

 private:
  struct Group;
  std::shared_ptr<Group> join(AppendRequest& request, bool& leads);
  void take_pending(Group& group);
  void lead(Group& group, bool is_member);
  void sync(Lock& lock);
  [[nodiscard]] Error told_failure() const;
  void finish(Group& group, bool is_member);
  [[nodiscard]] bool is_large(const Group& group) const;
  std::shared_ptr<Group> pass_lead(RequestList done);
  void call_done();
  void lead_async(const std::stop_token& stop);

  GroupHost& host_;
  Mutex& mutex_;
  bool is_syncing_ = false;                // guarded by mutex_
  std::optional<Error> failure_;           // likewise: of a sync, after which there is no other
  std::chrono::nanoseconds sync_time_{0};  // that the last sync took; changed by the leader
  bool others_return_ = false;             // other threads waited with the last leader; likewise
  ConditionVariable idle_;

  Mutex queue_mutex_;               // guards what follows, and the pending requests of forming_; taken after mutex_
  std::shared_ptr<Group> forming_;  // the group that the next sync will serve
  bool has_leader_ = false;
  std::shared_ptr<Group> to_lead_;  // for the thread below
  std::size_t async_count_ = 0;
  RequestList to_call_;      // asynchronous requests that are done, in order
  bool is_calling_ = false;  // a thread calls their functions
  ConditionVariable async_changed_;
  Thread async_leader_;  // started by the first asynchronous request
};

}  // namespace eventstore::engine
