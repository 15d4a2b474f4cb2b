#include "segment_scan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "commit_check.hpp"

namespace eventstore::engine {
namespace {

using format::CommitHeader;
using format::Location;

// Where the scan stands, and what it expects there.
struct Scan {
  BytesView segment;
  const std::string& path;
  ExpectedCommit expected;
  std::uint64_t position_end;  // no event of the segment stands there or after it; 0: not known

  [[nodiscard]] std::uint32_t at() const { return expected.location.offset(); }
  // The offset of the next whole commit after `at`; the segment's end where there is none. What a torn tail left behind
  // the finish mark may be whole too, but it has positions that the next segment has.
  [[nodiscard]] std::uint32_t next_whole() const {
    auto later = expected;
    later.previous_checksum.reset();
    for (auto offset = at() + 8; offset + sizeof(CommitHeader) <= segment.size(); offset += 8) {
      later.location = Location{expected.location.segment(), offset};
      if (check_commit(segment.subspan(offset), later).text.empty() && is_before_end(offset)) return offset;
    }
    return static_cast<std::uint32_t>(segment.size());
  }
  [[nodiscard]] bool is_before_end(std::uint32_t offset) const {
    const auto commit = format::load<CommitHeader>(segment.data() + offset);
    return position_end == 0 || commit.first_position + commit.event_count <= position_end;
  }
  [[nodiscard]] Damage damage(std::string_view reason, std::uint64_t until) const {
    const Position first{expected.next_position};
    return {first, Position{until - 1}, expected.location,
            Error{Errc::corrupt_record, "read", path, fmt::format("offset {}: {}", at(), reason), first}};
  }
};

}  // namespace

Result<ScannedSegment> scan_segment(BytesView segment, const std::string& path, const ScanRange& range,
                                    CommitVisitor each, LossVisitor lost) {
  const auto header = format::load<format::SegmentHeader>(segment.data());
  const auto events = range.next_position - header.first_position;
  if (range.next_position != 0 &&
      (range.next_position < header.first_position || events > format::events_in_segment_most))
    return failure(Errc::corrupt_record, "read", path, "offset 0: other files say that it has other events");
  Scan scan{segment.first(range.end), path, ExpectedCommit::first_of(header), range.next_position};
  ScannedSegment scanned;
  scanned.first_recorded_at = scanned.last_recorded_at = header.recorded_at;
  bool is_first = true;
  while (scan.at() < range.end && !scanned.is_finished) {
    const auto flaw = check_commit(scan.segment.subspan(scan.at()), scan.expected);
    if (flaw.is_newer_format)
      return failure(Error{Errc::newer_format, "read", path,
                           fmt::format("offset {}: {}, written by a newer version of eventstore", scan.at(), flaw.text),
                           Position{scan.expected.next_position}});
    if (!flaw.text.empty()) {
      const auto next = scan.next_whole();
      const auto found = next < range.end ? format::load<CommitHeader>(segment.data() + next) : CommitHeader{};
      const auto until =
          std::max(next < range.end ? found.first_position : range.next_position, scan.expected.next_position);
      scanned.damages.push_back(scan.damage(flaw.text, until));
      lost(Position{until - 1});
      scan.expected.next_position = until;
      scan.expected.previous_checksum = found.previous_checksum;
      scan.expected.location = Location{scan.expected.location.segment(), next};
      continue;
    }
    const auto commit = format::load<CommitHeader>(segment.data() + scan.at());
    each(segment.data() + scan.at(), scan.at());
    scan.expected.pass(commit);
    if (std::exchange(is_first, false)) scanned.first_recorded_at = commit.recorded_at;
    scanned.last_recorded_at = commit.recorded_at;
    scanned.is_finished = commit.kind == format::CommitKind::finish;
  }
  if (scan.expected.next_position < range.next_position) {
    scanned.damages.push_back(scan.damage("the segment ends before the next one begins", range.next_position));
    lost(Position{range.next_position - 1});
    scan.expected.next_position = range.next_position;
  }
  const auto checksum = *scan.expected.previous_checksum;
  if (scanned.damages.empty() && range.checksum != 0 && range.checksum != checksum) {
    scanned.damages.push_back(scan.damage("the next segment does not continue this one", scan.expected.next_position));
    scanned.damages.back().location = Location{scan.expected.location.segment() + 1, 0};
  }
  scanned.end = scan.at();
  scanned.count = scan.expected.next_position - header.first_position;
  scanned.checksum = checksum;
  return scanned;
}

}  // namespace eventstore::engine
