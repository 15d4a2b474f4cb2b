#include "appender.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <new>

#include "admission.hpp"

namespace eventstore::inline v1 {

using format::CommitHeader;
using format::CommitKind;
using format::Location;

Appender::Appender(const StoreFiles& store, LogIndex& index, const Clock& clock, const Uuid& store_id,
                   const FileLogOptions& options, std::unique_ptr<File> lock, HeadFile head)
    : store_{store},
      index_{index},
      clock_{clock},
      store_id_{store_id},
      options_{options},
      head_{std::move(head)},
      lock_{std::move(lock)},
      follower_{store, index, store_id, OpenMode::write},
      tail_{follower_.tail_to_extend()},
      group_{[this] { return goal(); }, [this](const auto& synced) { publish(synced.end, synced.last); },
             [this](Error cause) { return poison(std::move(cause)); }} {}

Appender::~Appender() { (void)close(); }

Result<void> Appender::check_writable() const {
  if (closed_because_.empty()) return {};
  const auto& damages = index_.view().damages;
  return damages.empty() ? failure(Errc::read_only, "append", {}, closed_because_) : failure(damages.front().error);
}

Result<Receipt> Appender::append(const Commit& commit) {
  Lock lock{mutex_};
  try {
    return append_locked(lock, commit, commit.durability.value_or(options_.durability));
  } catch (const std::bad_alloc&) {
    return failure(Errc::out_of_memory, "append", {});
  }
}

Result<Receipt> Appender::append_locked(Lock& lock, const Commit& commit, Durability durability) {
  EVENTSTORE_TRY_ASSIGN(auto planned, make_room(lock, commit));
  auto admitted = admit(commit, index_);
  if (!admitted) {
    // What it was refused for may still be on its way to the disk.
    if (promised_ > group_.synced()) EVENTSTORE_TRY(group_.wait(lock, tail_.end));
    return failure_of(admitted);
  }
  auto& receipt = admitted->receipt;
  if (receipt.already_there) return answer_again(lock, std::move(receipt), durability);
  EVENTSTORE_TRY(write_commit(commit, *admitted, planned));
  EVENTSTORE_TRY(take_written(*admitted));
  receipt.durability = durability;
  if (durability == Durability::interval && !interval_syncs_.joinable())
    interval_syncs_ = std::jthread{[this](const std::stop_token& stop) { sync_at_intervals(stop); }};
  if (durability == Durability::every_commit) promised_ = tail_.end;
  // Readers see nothing before what stands in front of it, and that may have been promised to be on the disk first.
  if (promised_ > group_.synced())
    EVENTSTORE_TRY(group_.wait(lock, tail_.end));
  else
    publish(tail_.end, index_.head());
  return std::move(receipt);
}

Result<Receipt> Appender::answer_again(Lock& lock, Receipt receipt, Durability durability) {
  const auto last = std::max_element(receipt.events.begin(), receipt.events.end(),
                                     [](const Placed& a, const Placed& b) { return a.position < b.position; });
  EVENTSTORE_TRY_ASSIGN(const auto location, index_.view().at(last->position));
  const bool is_awaited = promised_ > group_.synced() || durability == Durability::every_commit;
  if (location >= group_.synced() && is_awaited) {
    EVENTSTORE_TRY(group_.wait(lock, tail_.end));
    receipt.durability = Durability::every_commit;
    return receipt;
  }
  receipt.durability = location < group_.synced() ? Durability::every_commit : durability;
  return receipt;
}

// Leaves nothing but bytes past the end, which the next commit overwrites, when it fails.
Result<void> Appender::write_commit(const Commit& commit, const Admitted& admitted, Planned& planned) {
  if (planned.bytes > commit_bytes_max)
    return failure(Errc::too_large, "append", {},
                   fmt::format("commit is {} bytes, the limit is {}", planned.bytes, commit_bytes_max));
  auto where = place();
  where.recorded_at = std::max(tail_.recorded_at, clock_.now().micros);
  encode_commit(commit.events, admitted.receipt.events, planned.schemas, where, buffer_);
  EVENTSTORE_TRY(write_all(*tail_.segment->file(), tail_.end.offset(), buffer_));
  tail_.recorded_at = where.recorded_at;
  held_ = std::move(planned.held);
  return {};
}

Result<void> Appender::take_written(const Admitted& admitted) {
  const auto begin = tail_.end;
  tail_.end = Location{begin.value + buffer_.size()};
  tail_.checksum = format::load<CommitHeader>(buffer_.data()).checksum;
  tail_.next_position += admitted.receipt.events.size();
  tail_.needs_mark = true;
  try {
    add_admitted(admitted, begin, index_);
  } catch (const std::bad_alloc&) {
    return failure(poison({Errc::out_of_memory, "append", {}, "written, but not added to the index"}));
  }
  return {};
}

CommitPlace Appender::place() const {
  return {.store_fold = format::fold(store_id_),
          .location = tail_.end,
          .generation = tail_.generation,
          .first_position = tail_.next_position,
          .recorded_at = tail_.recorded_at,
          .synced_end = group_.synced(),
          .previous_checksum = tail_.checksum};
}

// Sees to it that the commit fits; after every commit there is room for a seal. `lock` may be given up meanwhile, so
// this comes before the commit is judged.
Result<Appender::Planned> Appender::make_room(Lock& lock, const Commit& commit) {
  for (;;) {
    EVENTSTORE_TRY(check_writable());
    Planned planned{held_, {}, 0};
    planned.schemas = descriptors_missing(commit, index_.schemas(), planned.held);
    planned.bytes = encoded_size(commit.events, planned.schemas);
    const auto needed = tail_.end.offset() + planned.bytes + sizeof(CommitHeader);
    const bool fits = !tail_.is_sealed && needed <= tail_.segment->header().capacity;
    if (fits || planned.bytes > commit_bytes_max || commit.events.empty()) return planned;
    if (group_.is_syncing()) {
      group_.wait_until_idle(lock);
      continue;
    }
    if (!tail_.is_sealed) EVENTSTORE_TRY(seal());
    EVENTSTORE_TRY(start_segment(planned.bytes));
  }
}

Result<void> Appender::seal() {
  // First what the seal states to be synced, then the seal itself: no segment begins before the last one is on the
  // disk.
  EVENTSTORE_TRY(sync_here());
  EVENTSTORE_TRY(write_control(CommitKind::seal));
  EVENTSTORE_TRY(sync_here());
  tail_.is_sealed = true;
  return {};
}

Result<void> Appender::start_segment(std::size_t commit_bytes) {
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
  EVENTSTORE_TRY(follower_.enter_next_segment());
  if (before != nullptr) before->close_file();
  group_.set_synced(tail_.end);
  held_.clear();
  return {};
}

Result<void> Appender::write_control(CommitKind kind) {
  const auto header = control_commit(kind, place());
  EVENTSTORE_TRY(write_all(*tail_.segment->file(), tail_.end.offset(), format::bytes_of(header)));
  tail_.end = Location{tail_.end.value + sizeof header};
  tail_.checksum = header.checksum;
  return {};
}

Result<void> Appender::sync() {
  Lock lock{mutex_};
  EVENTSTORE_TRY(check_writable());
  return group_.wait(lock, tail_.end);
}

// With the lock held all along, while no other sync is under way.
Result<void> Appender::sync_here() {
  if (group_.synced() >= tail_.end) return {};
  auto synced = tail_.segment->file()->sync_data();
  if (!synced) return failure(group_.fail(std::move(synced.error())));
  group_.set_synced(tail_.end);
  publish(tail_.end, index_.head());
  return {};
}

GroupSync::Goal Appender::goal() const { return {tail_.segment->file(), tail_.end, index_.head()}; }

void Appender::publish(Location end, Position last) {
  if (end <= published_) return;  // a sync that began before what was published since
  published_ = end;
  index_.publish(last);
  head_.publish(end, last);
}

// Nothing more is written after a sync that failed: the next one would report success for pages that it lost.
Error Appender::poison(Error cause) {
  closed_because_ = "an earlier failure made the log read-only: reopen it (" + cause.message() + ")";
  cause.code = Errc::outcome_unknown;
  cause.detail = "written, but not known to be on the disk: reopen the store and retry with the same ids";
  return cause;
}

void Appender::sync_at_intervals(const std::stop_token& stop) {
  Lock lock{mutex_};
  while (!stop.stop_requested()) {
    closing_.wait_for(lock, stop, options_.sync_interval, [] { return false; });
    if (closed_because_.empty()) (void)group_.wait(lock, tail_.end);  // a failure poisons, and the next append tells
    if (!lock.owns_lock()) lock.lock();
  }
}

Result<void> Appender::close() {
  std::jthread syncs;
  const auto closed = [&]() -> Result<void> {
    Lock lock{mutex_};
    syncs = std::move(interval_syncs_);
    if (!closed_because_.empty()) return {};
    closed_because_ = "the log is closed";
    group_.wait_until_idle(lock);
    EVENTSTORE_TRY(sync_here());
    // The mark spares the next writer from writing again what it proves to be on the disk.
    const auto room = tail_.segment->header().capacity - tail_.end.offset();
    if (tail_.needs_mark && !tail_.is_sealed && room >= 2 * sizeof(CommitHeader)) {
      EVENTSTORE_TRY(write_control(CommitKind::mark));
      publish(tail_.end, index_.head());
    }
    return {};
  }();
  syncs.request_stop();
  if (syncs.joinable()) syncs.join();
  const std::lock_guard lock{mutex_};
  lock_.reset();
  return closed;
}

}  // namespace eventstore::inline v1
