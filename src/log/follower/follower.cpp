#include "follower.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../bytes/log_end.hpp"

namespace eventstore::engine {
namespace {

using format::CommitHeader;
using format::CommitKind;
using format::Location;

Error corrupt(const std::string& path, Location location, std::string_view reason, Position position) {
  return Error{Errc::corrupt_record, "read", path, fmt::format("offset {}: {}", location.offset(), reason), position};
}

}  // namespace

ExpectedCommit Follower::expected_at(Location location) const {
  return {.store_fold = format::fold(store_id_),
          .location = location,
          .generation = tail_.generation,
          .next_position = tail_.next_position};
}

Result<void> Follower::begin_after(LoadedIndexes& loaded) {
  index_.load(loaded.expired, loaded.segments, loaded.tables);
  if (!loaded.segments.empty())
    stand_after(loaded.segments.back()->place(), true);
  else if (loaded.expired != nullptr)
    stand_after(loaded.expired->place(), true);
  if (loaded.tail == nullptr) return {};
  index_.add_covered(loaded.tail, loaded.tail_table);
  auto opened = std::make_shared<Segment>(std::move(*loaded.opened), store_.segment_path(loaded.last_segment));
  EVENTSTORE_TRY(enter(loaded.last_segment, std::move(opened)));
  stand_after(loaded.tail->place(), loaded.tail->is_finished());
  tail_.proven = tail_.end;  // only what was on the disk is covered
  return {};
}

void Follower::expire(const std::shared_ptr<const Expired>& expired) {
  index_.expire(expired);
  if (tail_.end.segment() > expired->last_segment()) return;
  stand_after(expired->place(), true);
  gap_.reset();
}

void Follower::stand_after(const FinishedSegment& place, bool is_finished) {
  tail_.end = Location{place.number, static_cast<std::uint32_t>(place.end)};
  tail_.generation = place.generation;
  tail_.checksum = place.checksum;
  tail_.next_position = place.first_position + place.count;
  tail_.recorded_at = std::max(tail_.recorded_at, place.last_recorded_at);
  tail_.is_finished = is_finished;
}

Result<std::optional<std::string>> Follower::follow(Location limit) {
  for (;;) {
    if (limit <= tail_.end) return std::nullopt;
    if (tail_.is_finished) {
      if (tail_.end.segment() >= limit.segment()) return std::nullopt;
      EVENTSTORE_TRY(enter(tail_.end.segment() + 1, tail_.end.segment() + 1 == limit.segment()));
      continue;
    }
    const bool is_limit = tail_.end.segment() == limit.segment();
    EVENTSTORE_TRY_ASSIGN(const auto end, end_in_segment(limit));
    if (end <= tail_.end.offset() && is_limit) return std::nullopt;
    const auto flaw = next_flaw(end);
    // What cannot be read may be whole: nobody may take it for the end of the log.
    if (!flaw && (is_limit || flaw.error().code != Errc::io_failed)) return failure(flaw.error());
    if (!flaw) {
      open_gap(tail_.segment->path(), tail_.end, "the disk cannot read the commit here");
      EVENTSTORE_TRY(find_next_commit(end));
      continue;
    }
    if (flaw->text.empty()) {
      take_commit(commit_);
      continue;
    }
    if (flaw->is_newer_format)
      return failure(
          Error{Errc::newer_format, "read", tail_.segment->path(),
                fmt::format("offset {}: {}, written by a newer version of eventstore", tail_.end.offset(), flaw->text),
                Position{tail_.next_position}});
    if (is_limit) return std::string{flaw->text};
    open_gap(tail_.segment->path(), tail_.end, flaw->text);
    EVENTSTORE_TRY(find_next_commit(end));
  }
}

// The offset up to which the tail's segment is followed.
Result<std::uint64_t> Follower::end_in_segment(Location limit) const {
  EVENTSTORE_TRY_ASSIGN(auto end, tail_.segment->file()->size());
  if (limit.segment() == tail_.end.segment()) end = std::min<std::uint64_t>(end, limit.offset());
  return std::min(end, tail_.segment->header().capacity);
}

// The flaw of the next commit; empty if it is whole, and commit_ then has its bytes. A commit that is not whole is read
// a second time: a disk may give a wrong bit once.
Result<Flaw> Follower::next_flaw(std::uint64_t end) {
  if (end <= tail_.end.offset()) return Flaw{"the segment ends without its finish mark"};
  auto expected = expected_at(tail_.end);
  expected.previous_checksum = tail_.checksum;
  const auto check = [&]() -> Result<Flaw> {
    auto& file = *tail_.segment->file();
    EVENTSTORE_TRY_ASSIGN(commit_, ahead_.bytes(file, tail_.end.offset(), sizeof(CommitHeader), end));
    if (const auto header = commit_header(commit_, expected)) {
      EVENTSTORE_TRY_ASSIGN(commit_, ahead_.bytes(file, tail_.end.offset(), header->length, end));
    }
    return check_commit(commit_, expected);
  };
  auto flaw = check();
  if (flaw && flaw->text.empty()) return flaw;
  ahead_.forget();
  return check();
}

// From the tail's end on; what the disk cannot read is zeros.
Result<Bytes> Follower::rest_of_segment(std::uint64_t end) const {
  Bytes rest(std::max<std::uint64_t>(end, tail_.end.offset()) - tail_.end.offset());
  EVENTSTORE_TRY(read_past_errors(*tail_.segment->file(), tail_.end.offset(), rest));
  return rest;
}

Result<void> Follower::enter(std::uint32_t number, bool is_limit) {
  auto opened = store_.open_segment(number, store_id_, mode_);
  if (!opened) {
    const bool is_missing = opened.error().code == Errc::not_found;
    if (is_missing) opened.error() = {Errc::corrupt_record, "open", store_.segment_path(number), "the file is missing"};
    if (is_limit || opened.error().code != Errc::corrupt_record) return failure_of(opened);
    tail_.end = Location{number, 0};
    open_gap(store_.segment_path(number), tail_.end, opened.error().detail);
    return {};
  }
  return enter(number, std::move(*opened));
}

Result<void> Follower::enter(std::uint32_t number, std::shared_ptr<Segment> opened) {
  const auto header = opened->header();
  const bool continues = header.previous_checksum == tail_.checksum && header.first_position == tail_.next_position;
  if (!continues) open_gap(opened->path(), Location{number, 0}, "the segment does not continue the one before");
  close_gap(header.first_position, number);
  // This may fail: the tail is changed when it did not.
  index_.add_block(number, opened);
  if (tail_.segment != nullptr) tail_.segment->close_file();  // it stays mapped
  ahead_.forget();
  tail_.segment = std::move(opened);
  tail_.end = Location{number, sizeof header};
  tail_.generation = header.generation;
  tail_.is_finished = false;
  tail_.needs_mark = false;
  tail_.checksum = header.previous_checksum;
  tail_.recorded_at = std::max(tail_.recorded_at, header.recorded_at);
  return {};
}

Result<void> Follower::enter_next_segment() { return enter(tail_.end.segment() + 1, true); }

void Follower::take_commit(BytesView bytes) {
  const auto header = format::load<CommitHeader>(bytes.data());
  if (header.event_count > 0 || header.record_count > 0) index_.add_commit(bytes.data(), tail_.end);
  tail_.end = Location{tail_.end.value + header.length};
  tail_.checksum = header.checksum;
  tail_.next_position += header.event_count;
  tail_.recorded_at = std::max(tail_.recorded_at, header.recorded_at);
  tail_.proven = std::max(tail_.proven, header.synced_end);
  tail_.is_finished = header.kind == CommitKind::finish;
  tail_.needs_mark = header.kind == CommitKind::events;
}

void Follower::open_gap(const std::string& path, Location location, std::string_view reason) {
  if (!gap_) gap_ = Gap{Position{tail_.next_position}, location, path, std::string{reason}};
}

// `next_position` is what a file says of the segment `number`: a log has no more events than the lost bytes have room
// for.
void Follower::close_gap(std::uint64_t next_position, std::uint32_t number) {
  if (!gap_) return;
  const bool begins_in_tail = gap_->location.offset() > 0;
  const std::uint64_t segments = number - gap_->location.segment();
  // Those that cannot be opened, behind the one in which the gap begins; at least one, if it begins in none.
  const auto unknown =
      begins_in_tail ? segments - std::min<std::uint64_t>(segments, 1) : std::max<std::uint64_t>(segments, 1);
  const auto lost_most = unknown * format::events_in_segment_most +
                         (begins_in_tail ? format::events_most(tail_.segment->header().capacity) : 0);
  next_position = std::clamp(next_position, gap_->first.value, gap_->first.value + lost_most);
  Damage damage{gap_->first, Position{next_position - 1}, gap_->location,
                corrupt(gap_->path, gap_->location, gap_->reason, gap_->first)};
  index_.add(std::move(damage));
  tail_.next_position = std::max(tail_.next_position, next_position);
  gap_.reset();
}

// Past damage: to the next commit of this segment that is whole, or to the segment's end.
Result<void> Follower::find_next_commit(std::uint64_t end) {
  EVENTSTORE_TRY_ASSIGN(const auto bytes, rest_of_segment(end));
  const BytesView rest{bytes};
  for (std::size_t at = 8; at + sizeof(CommitHeader) <= rest.size(); at += 8) {
    const Location location{tail_.end.value + at};
    if (!check_commit(rest.subspan(at), expected_at(location)).text.empty()) continue;
    const auto header = format::load<CommitHeader>(rest.data() + at);
    tail_.end = location;
    tail_.checksum = header.previous_checksum;
    close_gap(header.first_position, tail_.end.segment());
    return {};
  }
  tail_.is_finished = true;
  return {};
}

Result<std::optional<Error>> Follower::find_damage_at_end(std::string_view flaw) {
  EVENTSTORE_TRY_ASSIGN(const auto end, end_in_segment(format::past_all));
  EVENTSTORE_TRY_ASSIGN(const auto rest, rest_of_segment(end));
  const auto later = later_commits(rest, expected_at(tail_.end));
  if (!later.prove(tail_.end)) return std::nullopt;
  return add_damage_at_end(flaw, later.last);
}

Error Follower::add_damage_at_end(std::string_view flaw, Position last) {
  open_gap(tail_.segment->path(), tail_.end, flaw);
  auto error = corrupt(gap_->path, gap_->location, gap_->reason, gap_->first);
  close_gap(std::max(last.value, last.value + 1), tail_.end.segment());  // untrusted: it may be the largest number
  return error;
}

}  // namespace eventstore::engine
