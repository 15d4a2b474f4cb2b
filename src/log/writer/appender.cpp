#include "appender.hpp"

#include <eventstore/os/detail/mapping_failures.hpp>

#include <algorithm>
#include <new>
#include <system_error>

#include "../admission/admission.hpp"
#include "../contract/guarded.hpp"
#include "../files/segment_list.hpp"

namespace eventstore::engine {

using format::CommitHeader;
using format::CommitKind;
using format::Location;

namespace {

// Readers wait so long, and longer, for files that were deleted.
constexpr std::chrono::milliseconds between_restores{250};

tl::unexpected<Error> closed(std::string during) {
  return failure(Errc::read_only, std::move(during), {}, "the log is closed");
}

}  // namespace

Appender::Appender(const StoreFiles& store, LogIndex& index, const Clock& clock, const Uuid& store_id,
                   const FileLogOptions& options, WriterLock lock, PublishedEnd head)
    : store_{store},
      index_{index},
      clock_{clock},
      store_id_{store_id},
      options_{options},
      public_files_{store, store_id, std::move(lock), std::move(head)},
      follower_{store, index, store_id, OpenMode::write},
      tail_{follower_.tail_to_extend()},
      maintenance_{store, index, store_id, mutex_, options} {}

Appender::~Appender() { (void)close(); }

Result<void> Appender::check_writable() const {
  if (!group_.failure()) return {};
  return failure(Errc::read_only, "append", {}, failed_because_);
}

FinishedSegment Appender::tail_place() const {
  const auto header = tail_.segment->header();
  FinishedSegment place;
  place.number = tail_.end.segment();
  place.generation = tail_.generation;
  place.first_position = header.first_position;
  place.count = tail_.next_position - header.first_position;
  place.end = tail_.end.offset();
  place.checksum = tail_.checksum;
  return place;
}

Result<Receipt> Appender::append(const Commit& commit) {
  const WriterState::Call call{state_};
  if (!call.is_inside()) return closed("append");
  maintenance_.begin_late();
  maintenance_.let_catch_up();
  AppendRequest request;
  request.commit = &commit;
  request.durability = commit.durability.value_or(options_.durability);
  return guarded("append", {}, [&] {
    let_go_if_much();
    group_.submit(request);
    return std::move(request.result);
  });
}

void Appender::append_async(const Commit& commit, std::function<void(Result<Receipt>)> done) {
  WriterState::Call call{state_};
  if (!call.is_inside()) return done(closed("append"));
  std::unique_ptr<AppendRequest> request;
  try {
    maintenance_.begin_late();
    request = std::make_unique<AppendRequest>();
    request->commit = &commit;
    request->durability = commit.durability.value_or(options_.durability);
    request->done.swap(done);
    request->call.emplace(std::move(call));
    group_.submit_async(request);
    return;
  } catch (const std::bad_alloc&) {
  } catch (const std::system_error&) {  // no thread could be started
  }
  (request != nullptr && request->done ? request->done : done)(failure(Errc::out_of_memory, "append", {}));
}

void Appender::let_go_if_much() {
  if (!store_.kept()->is_much() || is_read_under_lock_) return;
  if (const std::unique_lock lock{mutex_, std::try_to_lock}; lock) index_.let_go(*store_.kept());
}

bool Appender::take(AppendRequest& request, bool is_syncing) {
  const bool had_failed = group_.failure().has_value();
  // Memory may run out while an error is made. The answer must not be a refusal if the commit may be in the file.
  const auto out_of_memory = [&] {
    const bool is_refused = had_failed || !group_.failure();
    return failure(is_refused ? Errc::out_of_memory : Errc::outcome_unknown, "append", {});
  };
  try {
    auto taken = judge_and_write(request, is_syncing);
    // Nothing was written before an index file turned out to be damaged.
    for (auto left = index_.view().segments.size() + index_.view().tables.size(); !taken && left > 0; --left) {
      auto remade = index_.view().remake_index(taken.error());
      if (remade && !*remade) break;
      if (remade)
        taken = judge_and_write(request, is_syncing);
      else
        taken = failure_of(remade);  // the reason why it could not be made again
    }
    if (taken && !*taken) return false;
    if (!taken) request.result = failure_of(taken);
  } catch (const std::bad_alloc&) {
    request.result = out_of_memory();
  } catch (const std::system_error&) {  // no thread could be started
    request.result = out_of_memory();
  }
  // The commits for which it was refused may not be on the disk yet.
  if (!request.result && !group_.failure()) request.needs_sync = promised_ > synced_;
  return true;
}

// False where a new segment is needed, and must wait for a sync that is under way.
Result<bool> Appender::judge_and_write(AppendRequest& request, bool is_syncing) {
  EVENTSTORE_TRY(check_writable());
  if (request.commit == nullptr) {
    request.needs_sync = synced_ < tail_.end;
    return true;
  }
  const auto& events = request.commit->events;
  if (request.commit->is_same ||
      std::any_of(events.begin(), events.end(), [](const NewEvent& event) { return !event.schema.is_none(); }))
    EVENTSTORE_TRY(index_.schemas().complete());
  const auto failures = mapping_failures();
  EVENTSTORE_TRY_ASSIGN(auto admitted, admit(*request.commit, index_));
  if (mapping_failures() != failures) return failure(unreadable("append"));
  if (admitted.receipt.already_there) {
    request.result = answer_again(request, std::move(admitted));
    return true;
  }
  Planned planned;
  EVENTSTORE_TRY_ASSIGN(const bool has_room, make_room(*request.commit, is_syncing, planned));
  if (!has_room) return false;
  if (!is_tail_locked_) EVENTSTORE_TRY(lock_tail());
  if (request.durability == Durability::interval && !interval_syncs_.joinable())
    interval_syncs_ =
        repeat(options_.sync_interval, [this] { (void)sync(); });  // after a failure, the next append tells
  EVENTSTORE_TRY(write_commit(*request.commit, admitted, planned));
  EVENTSTORE_TRY(take_written(admitted));
  if (request.durability == Durability::every_commit) {
    promised_ = tail_.end;
    room_.keep_behind(*tail_.segment->file(), tail_.end.offset(), buffer_.size(), tail_.segment->header().capacity);
  }
  // Readers see commits in order, and an earlier commit may have been promised to be on the disk first.
  request.needs_sync = promised_ > synced_;
  if (!request.needs_sync) publish(tail_.end, index_.head());
  admitted.receipt.durability = request.durability;
  request.result = std::move(admitted.receipt);
  return true;
}

// Readers that find no published end do not measure one while the last segment is locked.
Result<void> Appender::lock_tail() {
  EVENTSTORE_TRY_ASSIGN(is_tail_locked_, tail_.segment->file()->try_lock());
  if (!is_tail_locked_)
    return failure(Errc::locked, "append", tail_.segment->path(),
                   "another process has locked the file: end that process");
  if (!options_.background_work || file_keeper_.joinable()) return {};
  file_keeper_ = repeat(between_restores, [this] {
    const std::lock_guard lock{mutex_};
    (void)public_files_.restore();  // it is tried again
  });
  return {};
}

// Until the thread is asked to stop.
template <class Work> Thread Appender::repeat(std::chrono::milliseconds pause, Work work) {
  return Thread{[this, pause, work](const std::stop_token& stop) {
    Mutex waiting;
    std::unique_lock lock{waiting};
    while (!stop.stop_requested()) {
      closing_.wait_for(lock, stop, pause, [] { return false; });
      if (!stop.stop_requested()) work();
    }
  }};
}

Receipt Appender::answer_again(AppendRequest& request, Admitted admitted) const {
  const auto location = admitted.repeated;
  const bool is_awaited = promised_ > synced_ || request.durability == Durability::every_commit;
  request.needs_sync = location >= synced_ && is_awaited;
  const bool lasts = location < synced_ || request.needs_sync;
  admitted.receipt.durability = lasts ? Durability::every_commit : request.durability;
  return std::move(admitted.receipt);
}

CommitPlace Appender::place() const {
  return {.store_fold = format::fold(store_id_),
          .location = tail_.end,
          .generation = tail_.generation,
          .first_position = tail_.next_position,
          .recorded_at = tail_.recorded_at,
          .synced_end = synced_,
          .previous_checksum = tail_.checksum};
}

// Sees to it that the commit fits; after every commit there is room for a finish mark. False where a new segment is
// needed and must wait for a sync that is under way.
Result<bool> Appender::make_room(const Commit& commit, bool is_syncing, Planned& planned) {
  for (;;) {
    planned = {held_, {}, 0};
    planned.schemas = descriptors_missing(commit, index_.schemas(), planned.held);
    planned.bytes = encoded_size(commit, planned.schemas);
    const auto needed = tail_.end.offset() + planned.bytes + sizeof(CommitHeader);
    const bool fits = !tail_.is_finished && needed <= tail_.segment->header().capacity;
    if (fits || planned.bytes > commit_bytes_max) return true;
    if (is_syncing) return false;
    if (!tail_.is_finished) EVENTSTORE_TRY(finish_segment());
    EVENTSTORE_TRY(start_segment(planned.bytes));
  }
}

Result<void> Appender::finish_segment() {
  // Without a next one, readers could not tell the finished segment from a log whose end is lost.
  EVENTSTORE_TRY(check_free(store_, tail_.end.segment() + 1, store_id_));
  // First what the finish mark states to be synced, then the mark itself: no segment begins before the last one is on
  // the disk.
  EVENTSTORE_TRY(sync_here());
  EVENTSTORE_TRY(write_control(CommitKind::finish));
  EVENTSTORE_TRY(sync_here());
  tail_.is_finished = true;
  return {};
}

Result<void> Appender::start_segment(std::size_t commit_bytes) {
  EVENTSTORE_TRY(check_free(store_, tail_.end.segment() + 1, store_id_));
  format::SegmentHeader header;
  header.store_id = store_id_;
  header.generation = tail_.generation + 1;
  header.number = tail_.end.segment() + 1;
  header.first_position = tail_.next_position;
  header.previous_checksum = tail_.checksum;
  header.capacity = std::max(options_.segment_bytes_max, sizeof header + commit_bytes + sizeof(CommitHeader));
  header.recorded_at = tail_.recorded_at;
  EVENTSTORE_TRY(store_.create_segment(header));
  const auto before = tail_.segment;
  const auto place = before == nullptr ? FinishedSegment{} : tail_place();
  EVENTSTORE_TRY(follower_.enter_next_segment());
  synced_ = tail_.end;
  is_tail_locked_ = false;
  room_.reaches(0);
  held_.clear();
  if (before == nullptr) return {};
  maintenance_.finished(before, place);
  return {};
}

Result<void> Appender::write_control(CommitKind kind) {
  const auto header = control_commit(kind, place());
  EVENTSTORE_TRY(write_all(*tail_.segment->file(), tail_.end.offset(), format::bytes_of(header)));
  tail_.end = Location{tail_.end.value + sizeof header};
  tail_.checksum = header.checksum;
  return {};
}

}  // namespace eventstore::engine
