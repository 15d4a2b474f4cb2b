#include "walk.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../bytes/segment_check.hpp"
#include "../files/archive.hpp"

namespace eventstore::engine {

using format::CommitHeader;
using format::CommitKind;
using format::Location;
using format::SegmentHeader;

namespace {

bool is_of_segment(const Error& error) { return error.code == Errc::corrupt_record || error.code == Errc::io_failed; }

}  // namespace

Result<void> LogWalk::run() {
  // In this order: a segment that was published is there when the segments are listed.
  EVENTSTORE_TRY(find_end());
  EVENTSTORE_TRY_ASSIGN(auto list, list_segments(store_, store_id_));
  const auto& numbers = list.numbers;
  path_ = store_.path("segments");
  if (numbers.empty()) {
    find(FindingKind::damage, 0, "the store has no segment");
    return {};
  }
  last_segment_ = last_to_walk(list);
  std::erase_if(list.strays, [&](const StraySegment& stray) { return stray.number <= last_segment_; });
  strays_ = std::move(list.strays);
  EVENTSTORE_TRY(count_bytes(numbers));
  begin_after_dropped(numbers.front());
  for (; number_ <= last_segment_; ++number_) EVENTSTORE_TRY(walk_segment());
  if (end_ && end_->segment() > last_segment_) {
    path_ = store_.segment_path(last_segment_ + 1);
    open_gap(0, "the file is missing, and readers have read events from it");
  }
  if (last_segment_ < numbers.back()) look_at_next();
  if (!gap_.empty())
    close_gap(is_published_ ? std::max(next_position_, finder_.published_last().value + 1) : next_position_);
  report_.last = Position{next_position_ - 1};
  return {};
}

// A writer may have begun segments behind the published end; none of them begins before that end.
void LogWalk::look_at_next() {
  const auto header = store_.read_segment_header(last_segment_ + 1, store_id_);
  if (!header || header->first_position >= next_position_) return;
  path_ = store_.segment_path(last_segment_ + 1);
  find(FindingKind::altered, 0, "the segment does not continue the one before");
}

// Without an end, the files that follow in a row may be segments whose headers are damaged.
std::uint32_t LogWalk::last_to_walk(const SegmentList& list) const {
  return end_ ? std::min(end_->segment(), list.last_in_row()) : list.last_in_row();
}

// If the statement of dropped segments cannot be read, all segments before the first existing one may have been
// dropped.
void LogWalk::begin_after_dropped(std::uint32_t first_there) {
  if (dropped_.damage) path_ = dropped_.damage->where;
  if (dropped_.damage && dropped_.expired == nullptr) {
    open_gap(0, dropped_.damage->detail);
    number_ = first_there;
    generation_ = first_there - 1;
    checksum_.reset();
  } else if (dropped_.expired != nullptr) {
    if (dropped_.damage) {
      find(FindingKind::damage, 0, dropped_.damage->detail);
      lose(1, dropped_.expired->last().value);
    }
    const auto place = dropped_.expired->place();
    number_ = place.number + 1;
    generation_ = place.generation;
    checksum_ = place.checksum;
    next_position_ = place.first_position + place.count;
    recorded_at_ = place.last_recorded_at;
  }
}

// Damage at the end, and what the disk cannot read there, is found again and reported by the walk.
Result<void> LogWalk::find_end() {
  auto found = finder_.find();
  if (!found && !is_of_segment(found.error())) return failure_of(found);
  if (!found || found->damage) return {};
  end_ = found->end;
  is_published_ = found->is_published;
  report_.bytes_unacknowledged = found->bytes_unacknowledged;
  return {};
}

Result<bool> LogWalk::has_grown() {
  auto found = finder_.find();
  if (!found && !is_of_segment(found.error())) return failure_of(found);
  return found && found->is_published && (!end_ || found->end > *end_);
}

Result<void> LogWalk::count_bytes(const std::vector<std::uint32_t>& numbers) {
  for (const auto number : numbers) {
    if (number > last_segment_) break;
    if (dropped_.expired != nullptr && number <= dropped_.expired->last_segment()) continue;
    EVENTSTORE_TRY_ASSIGN(const auto size, size_of(number));
    done_.bytes_all += end_ && number == end_->segment() ? end_->offset() : size;
  }
  return {};
}

// The size of its file, or of its unpacked bytes. It only measures progress: a file that can't be read is reported
// during the walk.
Result<std::uint64_t> LogWalk::size_of(std::uint32_t number) const {
  const auto file = store_.files().open(store_.segment_path(number), OpenMode::read);
  if (file) return (*file)->size();
  if (file.error().code != Errc::not_found) return tl::unexpected<Error>{file.error()};
  const auto archive = ArchiveReader::open(store_.files(), store_.archive_path(number));
  return archive ? archive->content_bytes() : 0;
}

bool LogWalk::is_limit() const { return number_ == last_segment_ && (!end_ || end_->segment() == number_); }

Result<void> LogWalk::walk_segment() {
  path_ = store_.segment_path(number_);
  is_finished_ = false;
  Opened opened;
  EVENTSTORE_TRY_ASSIGN(const auto hindrance, open(opened));
  if (!hindrance.empty()) {
    open_gap(0, hindrance);
    checksum_.reset();
    ++generation_;
    return {};
  }
  ++report_.segments;
  EVENTSTORE_TRY_ASSIGN(const auto flaw, flaw_of_header(opened));
  if (flaw.empty()) {
    enter(format::load<SegmentHeader>(opened.bytes.data()));
  } else {
    find(FindingKind::damage, 0, flaw);
    ++generation_;
  }
  const auto first = gap_.empty() ? std::optional{Position{next_position_}} : std::nullopt;
  for (auto* const observer : observers_) EVENTSTORE_TRY(observer->begin_segment({number_, path_, first}));
  at_ = 0;
  advance(sizeof(SegmentHeader));
  EVENTSTORE_TRY(walk_commits(opened));
  for (auto* const observer : observers_)
    EVENTSTORE_TRY(observer->end_segment({number_, Position{next_position_ - 1}, is_finished_ || !is_limit()}));
  return {};
}

// Why it can't be read; empty where it can.
Result<std::string> LogWalk::open(Opened& opened) {
  auto file = store_.files().open(path_, OpenMode::read);
  if (!file && file.error().code == Errc::not_found) {
    file = open_archived(store_.files(), store_.archive_path(number_));
    if (file || file.error().code == Errc::corrupt_record) {
      path_ = store_.archive_path(number_);
      ++report_.archived;
    }
    if (!file && file.error().code == Errc::corrupt_record)
      return fmt::format("it cannot be unpacked: {}", file.error().detail);
  }
  if (!file && file.error().code == Errc::not_found) {
    const auto now = read_expired(store_, store_id_);
    const auto known = dropped_.expired == nullptr ? 0 : dropped_.expired->last_segment();
    if (now && *now && !dropped_.damage && (*now)->last_segment() > known)
      return failure((*now)->error_at(Position{next_position_}));
    return "the file is missing";
  }
  if (!file) return failure_of(file);
  opened.file = std::move(*file);
  EVENTSTORE_TRY(read(opened));
  opened.capacity = opened.bytes.size();
  return std::string{};
}

// What cannot be read is a finding, and is taken for zeros.
Result<void> LogWalk::read(Opened& opened) {
  EVENTSTORE_TRY_ASSIGN(const auto size, opened.file->size());
  if (size > content_capacity_) {
    content_.reset();
    content_ = std::make_unique_for_overwrite<std::byte[]>(size);
    content_capacity_ = size;
  }
  const std::span content{content_.get(), size};
  EVENTSTORE_TRY_ASSIGN(const auto unreadable, read_past_errors(*opened.file, 0, content));
  for (const auto& stretch : unreadable)
    find(FindingKind::damage, stretch.offset,
         fmt::format("the disk cannot read the bytes here ({})", stretch.error.message()));
  opened.bytes = content;
  return {};
}

// Empty where the header is whole.
Result<std::string_view> LogWalk::flaw_of_header(Opened& opened) const {
  auto flaw = check_segment_header(opened.bytes, store_id_, number_);
  if (flaw.is_newer_format) return failure(newer("the segment"));
  if (!flaw.text.empty()) return flaw.text;
  const auto header = format::load<SegmentHeader>(opened.bytes.data());
  flaw = check_segment_size(header, opened.bytes.size());
  if (!flaw.text.empty()) return flaw.text;
  opened.capacity = header.capacity;
  return std::string_view{};
}

void LogWalk::enter(const SegmentHeader& header) {
  const bool is_position_next = gap_.empty() ? header.first_position == next_position_  // nothing was lost
                                             : header.first_position >= next_position_;
  if (header.generation != generation_ + 1 || !is_position_next || header.recorded_at < recorded_at_ ||
      (checksum_ && header.previous_checksum != *checksum_)) {
    auto& finding = find(FindingKind::altered, 0, "the segment does not continue the one before");
    if (gap_.empty() && header.first_position > next_position_) {
      finding.first = Position{next_position_};
      finding.last = Position{header.first_position - 1};
      lose(next_position_, header.first_position - 1);
    }
  }
  close_gap(header.first_position);
  next_position_ = header.first_position;
  generation_ = header.generation;
  checksum_ = header.previous_checksum;
  recorded_at_ = std::max(recorded_at_, header.recorded_at);
}

BytesView LogWalk::rest_of(const Opened& opened) const {
  auto end = std::min<std::uint64_t>(opened.bytes.size(), opened.capacity);
  if (is_limit() && end_) end = std::min<std::uint64_t>(end, end_->offset());
  return at_ < end ? opened.bytes.subspan(at_, end - at_) : BytesView{};
}

ExpectedCommit LogWalk::expected_at(std::uint64_t offset) const {
  return {.store_fold = format::fold(store_id_),
          .location = Location{number_, static_cast<std::uint32_t>(offset)},
          .generation = generation_,
          .next_position = next_position_,
          .previous_checksum = checksum_};
}

Result<void> LogWalk::walk_commits(Opened& opened) {
  while (!is_finished_) {
    if (stop_.stop_requested()) return failure(Errc::stopped, "verify", store_.directory());
    const auto rest = rest_of(opened);
    if (rest.empty()) {
      end_of_bytes(opened);
      return {};
    }
    const auto flaw = check_commit(rest, expected_at(at_));
    if (flaw.is_newer_format) return failure(newer(flaw.text));
    if (flaw.text.empty()) {
      take(rest.first(format::load<CommitHeader>(rest.data()).length));
      continue;
    }
    if (is_limit() && !end_ && is_end_of_log(opened, rest)) return {};
    EVENTSTORE_TRY(examine(rest, flaw.text));
  }
  return {};
}

void LogWalk::end_of_bytes(const Opened& opened) {
  if (!is_limit()) {
    if (gap_.empty()) open_gap(at_, "the segment ends without its finish mark");
    checksum_.reset();
    return;
  }
  if (!end_) return;
  if (at_ < end_->offset()) {
    open_gap(at_, "the file is shorter than what was published to readers");
    return;
  }
  // A writer may have ended the segment and not yet begun the next one: nothing that a reader would see.
  if (at_ >= opened.bytes.size()) return;
  const auto rest = opened.bytes.subspan(at_);
  const auto header = commit_header(rest, expected_at(at_));
  if (header && header->kind == CommitKind::finish && check_commit(rest, expected_at(at_)).text.empty())
    take(rest.first(sizeof *header));
}

// The log ends where whole commits do, unless a later commit says that the bytes here were on the disk.
bool LogWalk::is_end_of_log(Opened& opened, BytesView rest) {
  if (!opened.later) opened.later = later_commits(rest, expected_at(at_));
  if (opened.later->prove(Location{number_, static_cast<std::uint32_t>(at_)})) return false;
  if (!std::all_of(rest.begin(), rest.end(), [](std::byte byte) { return byte == std::byte{0}; }))
    report_.bytes_unacknowledged = rest.size();
  return true;
}

void LogWalk::advance(std::uint64_t bytes) {
  constexpr std::uint64_t step_bytes = std::uint64_t{1} << 20;
  at_ += bytes;
  report_.bytes += bytes;
  if (!progress_ || report_.bytes < reported_bytes_ + step_bytes) return;
  reported_bytes_ = report_.bytes;
  done_.bytes_done = report_.bytes;
  done_.events = report_.events;
  progress_(done_);
}

}  // namespace eventstore::engine
