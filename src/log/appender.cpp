#include "appender.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <new>

#include "admission.hpp"

namespace eventstore::inline v1 {

using format::CommitHeader;
using format::CommitKind;
using format::Location;

Appender::Appender(const StoreFiles& store, ReadSide& read_side, const Clock& clock, const Uuid& store_id,
                   const FileLogOptions& options, std::unique_ptr<File> lock, HeadFile head)
    : store_{store},
      read_side_{read_side},
      clock_{clock},
      store_id_{store_id},
      options_{options},
      head_{std::move(head)},
      lock_{std::move(lock)},
      follower_{store, read_side, store_id, OpenMode::write},
      tail_{follower_.tail_to_extend()} {}

Appender::~Appender() { (void)close(); }

Result<void> Appender::check_writable() const {
  if (closed_because_.empty()) return {};
  const auto& damages = read_side_.index().damages();
  return damages.empty() ? failure(Errc::read_only, "append", {}, closed_because_) : failure(damages.front().error);
}

Result<Receipt> Appender::append(const Commit& commit) {
  const std::unique_lock lock{mutex_};
  EVENTSTORE_TRY(check_writable());
  try {
    return append_locked(commit, commit.durability.value_or(options_.durability));
  } catch (const std::bad_alloc&) {
    return failure(Errc::out_of_memory, "append", {});
  }
}

Result<Receipt> Appender::append_locked(const Commit& commit, Durability durability) {
  EVENTSTORE_TRY_ASSIGN(auto receipt, admit(commit, read_side_.index()));
  if (receipt.already_there) return answer_again(std::move(receipt), durability);
  EVENTSTORE_TRY(write_commit(commit, receipt));
  const auto begin = tail_.end;
  take_written(begin, format::load<CommitHeader>(buffer_.data()).checksum, buffer_.size());
  tail_.next_position += commit.events.size();
  tail_.needs_mark = true;
  if (durability == Durability::every_commit) EVENTSTORE_TRY(sync_locked());
  try {
    read_side_.publish([&](LogIndex& index) { index.add(begin); });
  } catch (const std::bad_alloc&) {
    return failure(poison({Errc::out_of_memory, "append", {}, "written, but not added to the index"}));
  }
  head_.publish(tail_.end, read_side_.index().head());
  if (durability == Durability::interval && !interval_syncs_.joinable())
    interval_syncs_ = std::jthread{[this](const std::stop_token& stop) { sync_at_intervals(stop); }};
  receipt.durability = durability;
  return receipt;
}

Result<Receipt> Appender::answer_again(Receipt receipt, Durability durability) {
  const auto last = std::max_element(receipt.events.begin(), receipt.events.end(),
                                     [](const Placed& a, const Placed& b) { return a.position < b.position; });
  const auto location = read_side_.index().at(last->position);
  if (durability == Durability::every_commit && location >= synced_) EVENTSTORE_TRY(sync_locked());
  receipt.durability = location < synced_ ? Durability::every_commit : durability;
  return receipt;
}

// Leaves nothing but bytes past the end, which the next commit overwrites, when it fails.
Result<void> Appender::write_commit(const Commit& commit, const Receipt& receipt) {
  auto held = held_;
  auto schemas = descriptors_missing(commit, read_side_.index(), held);
  const auto segment = tail_.end.segment();
  EVENTSTORE_TRY(make_room(encoded_size(commit.events, schemas)));
  if (tail_.end.segment() != segment) {
    held = held_;
    schemas = descriptors_missing(commit, read_side_.index(), held);
    EVENTSTORE_TRY(make_room(encoded_size(commit.events, schemas)));
  }
  const auto size = encoded_size(commit.events, schemas);
  if (size > commit_bytes_max)
    return failure(Errc::too_large, "append", {},
                   fmt::format("commit is {} bytes, the limit is {}", size, commit_bytes_max));
  const auto recorded_at = std::max(tail_.recorded_at, clock_.now().micros);
  auto where = place();
  where.recorded_at = recorded_at;
  encode_commit(commit.events, receipt.events, schemas, where, buffer_);
  EVENTSTORE_TRY(write_all(tail_.segment->file(), tail_.end.offset(), buffer_));
  tail_.recorded_at = recorded_at;
  held_ = std::move(held);
  return {};
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

void Appender::take_written(Location begin, std::uint64_t checksum, std::size_t bytes) {
  tail_.end = Location{begin.value + bytes};
  tail_.checksum = checksum;
}

// After every commit there is room for a seal.
Result<void> Appender::make_room(std::size_t bytes) {
  const auto fits = [&] {
    return tail_.end.offset() + bytes + sizeof(CommitHeader) <= tail_.segment->header().capacity;
  };
  if (!tail_.is_sealed && fits()) return {};
  if (!tail_.is_sealed) EVENTSTORE_TRY(seal());
  return start_segment(bytes);
}

Result<void> Appender::seal() {
  // First what the seal states to be synced, then the seal itself: no segment begins before the last one is on the
  // disk.
  EVENTSTORE_TRY(sync_locked());
  EVENTSTORE_TRY(write_control(CommitKind::seal));
  EVENTSTORE_TRY(sync_locked());
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
  EVENTSTORE_TRY(follower_.enter_next_segment());
  synced_ = tail_.end;
  held_.clear();
  return {};
}

Result<void> Appender::write_control(CommitKind kind) {
  const auto header = control_commit(kind, place());
  EVENTSTORE_TRY(write_all(tail_.segment->file(), tail_.end.offset(), format::bytes_of(header)));
  take_written(tail_.end, header.checksum, sizeof header);
  return {};
}

Result<void> Appender::sync() {
  const std::unique_lock lock{mutex_};
  EVENTSTORE_TRY(check_writable());
  return sync_locked();
}

Result<void> Appender::sync_locked() {
  if (synced_ >= tail_.end) return {};
  auto synced = tail_.segment->file().sync_data();
  if (!synced) return failure(poison(std::move(synced.error())));
  synced_ = tail_.end;
  return {};
}

// A second sync would report success for pages that the first one lost, so nothing more is written.
Error Appender::poison(Error cause) {
  closed_because_ = "an earlier failure made the log read-only: reopen it (" + cause.message() + ")";
  cause.code = Errc::outcome_unknown;
  cause.detail = "written, but not known to be on the disk: reopen the store and retry with the same ids";
  return cause;
}

void Appender::sync_at_intervals(const std::stop_token& stop) {
  std::unique_lock lock{mutex_};
  while (!stop.stop_requested()) {
    closing_.wait_for(lock, stop, options_.sync_interval, [] { return false; });
    if (closed_because_.empty()) (void)sync_locked();  // a failure poisons, and the next append tells
  }
}

Result<void> Appender::close() {
  std::jthread syncs;
  const auto closed = [&]() -> Result<void> {
    const std::unique_lock lock{mutex_};
    syncs = std::move(interval_syncs_);
    if (!closed_because_.empty()) return {};
    EVENTSTORE_TRY(sync_locked());
    closed_because_ = "the log is closed";
    // The mark spares the next writer from writing again what it proves to be on the disk.
    const auto room = tail_.segment->header().capacity - tail_.end.offset();
    if (tail_.needs_mark && !tail_.is_sealed && room >= 2 * sizeof(CommitHeader)) {
      EVENTSTORE_TRY(write_control(CommitKind::mark));
      head_.publish(tail_.end, read_side_.index().head());
    }
    return {};
  }();
  syncs.request_stop();
  if (syncs.joinable()) syncs.join();
  const std::unique_lock lock{mutex_};
  lock_.reset();
  return closed;
}

}  // namespace eventstore::inline v1
