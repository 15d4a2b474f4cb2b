// How a store is opened for writing: docs/adr/0002-file-format-and-recovery.md.
#include <fmt/format.h>

#include <algorithm>

#include "../files/segment_list.hpp"
#include "appender.hpp"

namespace eventstore::engine {

using format::Location;

Result<void> Appender::recover() {
  const Lock lock{mutex_};  // a segment that is finished here is indexed in the background
  EVENTSTORE_TRY_ASSIGN(auto loaded, load_indexes(store_, store_id_, OpenMode::write, index_.view().damages));
  // Removes segments that were stated to be dropped, and that a writer did not remove before it was cut off.
  if (loaded.expired != nullptr) {
    auto removed = store_.remove_expired(loaded.expired->last_segment(), false);
    // On a full disk they stay until the next opening.
    if (!removed && removed.error().code != Errc::out_of_space) return removed;
  }
  EVENTSTORE_TRY(follower_.begin_after(loaded));
  covered_ = tail_.end;
  EVENTSTORE_TRY(settle_tail(std::max(loaded.last_segment, tail_.end.segment())));
  if (tail_.is_finished) EVENTSTORE_TRY(check_is_end());
  EVENTSTORE_TRY(check_published());
  EVENTSTORE_TRY(check_versions());
  find_left();
  EVENTSTORE_TRY(left_ ? rewrite(left_->synced) : make_certain());
  if (report_.bytes_discarded > 0) EVENTSTORE_TRY(finish_segment());
  if (tail_.is_finished) EVENTSTORE_TRY(start_segment(0));
  maintenance_.begin(left_ && loaded.is_from_catalog);
  public_files_.head().begin();
  publish(synced_, index_.head());
  state_.begin();
  return {};
}

// Finds the first commit that is not whole. If a later commit says that it was synced, it is damage. Otherwise it was
// never promised.
Result<void> Appender::settle_tail(std::uint32_t last_segment) {
  EVENTSTORE_TRY_ASSIGN(const auto flaw, follower_.follow(Location{last_segment, ~std::uint32_t{0}}));
  if (!flaw) return {};
  EVENTSTORE_TRY_ASSIGN(auto damage, follower_.find_damage_at_end(*flaw));
  if (damage) {
    damage->detail += "; later commits prove that it was whole: restore a backup, or open read-only to read the rest";
    return failure(std::move(*damage));
  }
  EVENTSTORE_TRY_ASSIGN(const auto size, tail_.segment->file()->size());
  Bytes behind(std::max<std::uint64_t>(size, tail_.end.offset()) - tail_.end.offset());
  EVENTSTORE_TRY_ASSIGN(const auto got, read_all(*tail_.segment->file(), tail_.end.offset(), behind));
  auto rest = BytesView{behind}.first(got);
  while (!rest.empty() && rest.back() == std::byte{0}) rest = rest.first(rest.size() - 1);
  room_.reaches(size);
  if (rest.empty()) return {};
  report_ = {rest.size(), tail_.segment->path(), tail_.end.offset(), Position{tail_.next_position - 1}, *flaw};
  return {};
}

// An end that was published since the machine was started is still in its memory, even if the writing process crashed.
// So if the log ends before it, something other than a crash has cut the log.
Result<void> Appender::check_published() const {
  const auto published = public_files_.head().end();
  if (!published || *published <= tail_.end) return {};
  return failure(Error{
      Errc::corrupt_record, "open", tail_.segment->path(),
      fmt::format(
          "acknowledged events are missing: the log ends at offset {}, and readers have read events up to position {}; "
          "restore a backup (or, if these files are an older copy on purpose, delete the file `head` next to them)",
          tail_.end.offset(), public_files_.head().last().value),
      Position{tail_.next_position}});
}

// A finished segment that is the last one: its writer ended before it began the next one, or the next one is damaged.
Result<void> Appender::check_is_end() const {
  EVENTSTORE_TRY_ASSIGN(const auto list, list_segments(store_, store_id_));
  return list.strays.empty() ? Result<void>{} : failure(list.unproven());
}

// A writer that went on would give out versions a third time. Reading is possible as far as the events are in order.
Result<void> Appender::check_versions() const {
  for (const auto& tail : index_.view().tails) {
    const auto place = tail->misplaced();
    if (!place) continue;
    EVENTSTORE_TRY_ASSIGN(const auto* const record, index_.view().record(*place));
    const auto event = format::event_at(record);
    return failure(Error{Errc::corrupt_record, "open", store_.segment_path(place->segment()),
                         fmt::format("offset {}: stream {} has a second event of version {}; restore a backup, or open "
                                     "read-only and export the events",
                                     place->offset(), event.stream, event.version.value),
                         event.position});
  }
  return {};
}

// Whether the log is as its last writer left it when it closed the log. A reader that found no published end has
// perhaps read the closing mark as well; then the mark is synced and published.
void Appender::find_left() {
  const auto& left = public_files_.head().left();
  const bool is_as_left = left && public_files_.head().end() == left->synced && tail_.segment != nullptr &&
                          report_.bytes_discarded == 0 && left->end == tail_.end && left->checksum == tail_.checksum;
  if (!is_as_left) return;
  left_ = left;
  synced_ = left->synced;
}

// After a failed sync, or a crash, pages and names may look right in memory and not be on the disk. The part that no
// commit proves to be on the disk is written and synced again before any reader may rely on it.
Result<void> Appender::make_certain() {
  EVENTSTORE_TRY(store_.remove_leftovers());
  EVENTSTORE_TRY(store_.sync_names());
  synced_ = tail_.end;
  if (tail_.segment == nullptr)
    return {};  // a finished segment was the last: it was on the disk before it was finished
  EVENTSTORE_TRY(rewrite(tail_.proven));
  return tail_.segment->file()->sync_data();
}

// Writes the bytes from there to the end again, so that the next sync has them.
Result<void> Appender::rewrite(Location from) {
  constexpr std::size_t step_bytes = std::size_t{1} << 20;
  const Location first{tail_.end.segment(), sizeof(format::SegmentHeader)};
  auto at = std::max(from, first);
  for (; at < tail_.end; at = Location{at.value + std::min(step_bytes, tail_.end.value - at.value)}) {
    const auto bytes = std::min(step_bytes, tail_.end.value - at.value);
    // With a call that can fail: a map may show zeros in the place of what the disk cannot read.
    buffer_.resize(bytes);
    EVENTSTORE_TRY_ASSIGN(const auto got, read_all(*tail_.segment->file(), at.offset(), buffer_));
    if (got < bytes) return failure(Errc::io_failed, "open", tail_.segment->path(), "the file became shorter");
    EVENTSTORE_TRY(write_all(*tail_.segment->file(), at.offset(), buffer_));
  }
  return {};
}

}  // namespace eventstore::engine
