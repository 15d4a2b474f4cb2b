#include "reader.hpp"

#include <algorithm>
#include <new>

#include "../files/segment_list.hpp"

namespace eventstore::engine {

using format::Location;

namespace {

// So many segments may be indexed in memory.
constexpr std::size_t tails_max = 4;

}  // namespace

Result<void> Reader::refresh() {
  const auto end = end_.published();
  if (end && end->value == followed_.load(std::memory_order_acquire) && !end_.is_due()) return {};
  const std::unique_lock lock{mutex_};
  if (is_damaged_) return {};
  EVENTSTORE_TRY(begin());
  auto followed = follow();
  if (followed || followed.error().code != Errc::expired) return followed;
  // Segments were dropped that had not been followed yet.
  EVENTSTORE_TRY_ASSIGN(const bool has_expired, take_in_expired());
  return has_expired ? follow() : std::move(followed);
}

Result<void> Reader::follow() {
  const auto& tail = follower_.tail();
  const CommitReader::End known{.offset = tail.end.offset(),
                                .chain = tail.checksum,
                                .next_position = tail.next_position,
                                .recorded_at = tail.recorded_at,
                                .is_finished = tail.is_finished};
  const bool is_known = tail.end.offset() >= sizeof(format::SegmentHeader);
  EVENTSTORE_TRY_ASSIGN(const auto found, end_.find(known, is_known ? tail.end.segment() : 0));
  return found.is_published ? follow_published(found.end) : follow_measured(found);
}

void Reader::let_go_if_much() {
  if (!store_.kept()->is_much()) return;
  if (const std::unique_lock lock{mutex_, std::try_to_lock}; lock) index_.let_go(*store_.kept());
}

Result<bool> Reader::expire() {
  const std::lock_guard lock{mutex_};
  return take_in_expired();
}

Result<bool> Reader::take_in_expired() {
  EVENTSTORE_TRY_ASSIGN(const auto expired, load_expired(store_, store_id_));
  const auto& known = index_.view().expired;
  if (expired == nullptr || (known != nullptr && known->last_segment() >= expired->last_segment())) return false;
  follower_.expire(expired);
  if (index_.head() > index_.published()) index_.publish(index_.head(), follower_.tail().end);
  return true;
}

Result<void> Reader::begin() {
  if (has_begun_) return {};
  constexpr int tries = 3;
  for (int i = 1; i <= tries; ++i) {
    EVENTSTORE_TRY_ASSIGN(auto loaded, load_indexes(store_, store_id_, OpenMode::read, index_.view().damages));
    // A writer may have merged tables since the catalog was read.
    const bool is_whole =
        std::all_of(loaded.tables.begin(), loaded.tables.end(), [](const auto& table) { return table->is_on_disk(); });
    if (!is_whole && i < tries) continue;
    EVENTSTORE_TRY(follower_.begin_after(loaded));
    break;
  }
  has_begun_ = true;
  return {};
}

// The segments up to the end are gone through one by one, so the end must not be beyond the last one.
Result<void> Reader::check_published(Location end) const {
  if (end.segment() <= follower_.tail().end.segment() + 1) return {};
  EVENTSTORE_TRY_ASSIGN(const auto list, list_segments(store_, store_id_));
  if (end.segment() <= list.last_in_row()) return {};
  return failure(Errc::corrupt_record, "read", store_.path("head"),
                 "it names an end in a segment that is not there: delete it, and open the store for writing");
}

Result<void> Reader::follow_published(Location end) {
  EVENTSTORE_TRY(check_published(end));
  EVENTSTORE_TRY_ASSIGN(const auto flaw, follower_.follow(end));
  if (flaw || follower_.tail().end < end) {
    follower_.add_damage_at_end(flaw ? *flaw : "the file is shorter than what was published", end_.published_last());
    is_damaged_ = true;
  }
  index_.publish(index_.head(), follower_.tail().end);
  followed_.store(end.value, std::memory_order_release);
  take_over_indexes();
  return {};
}

// The writer's index files replace the index that was made here, which would grow without end. If they are missing or
// cannot be used, the reader tries again at the next segment.
void Reader::take_over_indexes() {
  const auto here = follower_.tail().end.segment();
  if (index_.view().tails.size() <= tails_max || here == tried_in_ || !index_.view().damages->is_empty()) return;
  tried_in_ = here;
  try {
    if (!take_in_expired()) return;
    auto loaded = load_indexes(store_, store_id_, OpenMode::read, index_.view().damages);
    if (!loaded) return;
    auto& tables = loaded->tables;
    auto& segments = loaded->segments;
    const auto is_usable = [&](const auto& table) { return table->place().last_segment < here && table->is_on_disk(); };
    tables.erase(std::find_if_not(tables.begin(), tables.end(), is_usable), tables.end());
    const auto covered = tables.empty() ? 0 : tables.back()->place().last_segment;
    std::erase_if(segments, [&](const auto& segment) { return segment->number() > covered; });
    // The writer may have dropped more segments since.
    const auto& view = index_.view();
    if (segments.size() > view.segments.size() && segments.front()->first() == view.expired_last().next())
      index_.take_over(std::move(segments), std::move(tables));
  } catch (const std::bad_alloc&) {  // the present index stays in use
  }
}

Result<void> Reader::follow_measured(const ReadableEnd& found) {
  const auto limit = found.damage ? Location{found.end.segment(), ~std::uint32_t{0}} : found.end;
  EVENTSTORE_TRY_ASSIGN(const auto flaw, follower_.follow(limit));
  if (found.damage && flaw) {
    follower_.add_damage_at_end(*flaw, found.damaged_last);
    is_damaged_ = true;
  }
  index_.publish(index_.head(), follower_.tail().end);
  return {};
}

}  // namespace eventstore::engine
