// The appender's syncs: its promises, the published end, and the closing mark.
#include <array>

#include "../contract/guarded.hpp"
#include "appender.hpp"

namespace eventstore::engine {

using format::CommitHeader;
using format::CommitKind;
using format::Location;

namespace {

constexpr std::size_t cover_bytes = std::size_t{1} << 20;

}  // namespace

Result<void> Appender::sync() {
  const WriterState::Call call{state_};
  if (!call.is_inside()) return failure(Errc::read_only, "sync", {}, "the log is closed");
  AppendRequest request;
  return guarded("sync", {}, [&]() -> Result<void> {
    group_.submit(request);
    EVENTSTORE_TRY(std::move(request.result));
    return {};
  });
}

// A log that is closed has given its lock back: no work may begin.
Result<void> Appender::settle() {
  if (const WriterState::Call call{state_}; call.is_inside()) maintenance_.begin_late();
  return maintenance_.settle();
}

// With the lock held all along, while no other sync is under way.
Result<void> Appender::sync_here() {
  if (const auto& failed = group_.failure()) return failure(*failed);  // another sync would report success
  if (synced_ >= tail_.end) return {};
  auto synced = tail_.segment->file()->sync_data();
  if (!synced) return failure(group_.fail(std::move(synced.error())));
  synced_ = tail_.end;
  publish(tail_.end, index_.head());
  return {};
}

std::optional<GroupHost::Goal> Appender::goal() const {
  if (tail_.end <= synced_) return std::nullopt;
  return Goal{tail_.segment->file(), tail_.end, index_.head()};
}

void Appender::on_synced(const Goal& goal) {
  synced_ = std::max(synced_, goal.end);
  // Commits that were written during the sync without a promise are shown at once: while no promise is open, readers
  // see every commit on which an answer rests.
  if (promised_ <= synced_)
    publish(tail_.end, index_.head());
  else
    publish(goal.end, goal.last);
}

void Appender::publish(Location end, Position last) {
  if (end <= published_) return;  // a later end was published during this sync
  published_ = end;
  index_.publish(last, end);
  public_files_.publish(end, last);
}

// Nothing more is written after a sync that failed: the next one would report success for pages that it lost.
Error Appender::on_failed(Error cause) {
  state_.fail();
  if (tail_.segment != nullptr) tail_.segment->distrust();
  failed_because_ = "an earlier failure made the log read-only: reopen it (" + cause.message() + ")";
  cause.code = Errc::outcome_unknown;
  cause.detail = "the commit was written, and may not be on the disk: reopen the store and retry with the same ids";
  return cause;
}

Result<RetentionReport> Appender::retain(const RetentionPolicy& policy) {
  const WriterState::Call call{state_};
  if (!call.is_inside()) return failure(Errc::read_only, "retain", store_.directory(), "the log is closed");
  EVENTSTORE_TRY(settle());
  return maintenance_.alone([&](bool is_locked) -> Result<RetentionReport> {
    Result<void> writable;
    maintenance_.change(is_locked, [&] { writable = check_writable(); });
    EVENTSTORE_TRY(std::move(writable));
    // The source of states reads from this log, maybe with the mutex held here.
    is_read_under_lock_ = is_locked;
    auto report = Retention{store_, index_, store_id_, clock_, maintenance_, is_locked}.run(policy);
    is_read_under_lock_ = false;
    return report;
  });
}

Result<void> Appender::close() {
  const auto before = state_.begin_close();
  if (!before) return closed_;
  stop_threads();
  group_.finish_async();
  maintenance_.finish();  // the next opening makes the files that are still missing
  {
    const Lock lock{mutex_};
    closed_ = leave(*before);
    if (tail_.segment != nullptr) tail_.segment->close_file();
    public_files_.unlock();  // last: the next writer may write from now on
  }
  state_.finish_close();
  return closed_;
}

// No call is inside, so that none starts another thread.
void Appender::stop_threads() {
  std::array<Thread, 2> threads;
  {
    const Lock lock{mutex_};
    threads = {std::move(interval_syncs_), std::move(file_keeper_)};
  }
  for (auto& thread : threads) thread.request_stop();
}

Result<void> Appender::leave(WriterState::Phase before) {
  if (const auto& failed = group_.failure()) return failure(*failed);  // no earlier unsynced write is known to last
  if (before != WriterState::Phase::open) return {};
  return guarded("close", {}, [&] { return leave_mark(); });
}

// The mark proves that earlier commits are on the disk, so the next writer need not write them again.
Result<void> Appender::leave_mark() {
  if (left_ && left_->end == tail_.end) {  // nothing was appended
    public_files_.head().leave(*left_);
    return {};
  }
  EVENTSTORE_TRY(sync_here());
  const auto room = tail_.segment->header().capacity - tail_.end.offset();
  if (tail_.is_finished) return {};
  // A short tail is read again faster than two files are written.
  const auto uncovered = tail_.end.value - std::max(covered_, Location{tail_.end.segment(), 0}).value;
  if (uncovered >= std::min<std::size_t>(cover_bytes, options_.segment_bytes_max / 4))
    maintenance_.cover(tail_.segment, tail_place());
  const auto synced = tail_.end;
  // Not published: it has nothing for readers, and is not synced, so that a power cut may take it from under them.
  if (tail_.needs_mark && room >= 2 * sizeof(CommitHeader)) EVENTSTORE_TRY(write_control(CommitKind::mark));
  public_files_.head().leave({synced, tail_.end, tail_.checksum});
  return {};
}

}  // namespace eventstore::engine
