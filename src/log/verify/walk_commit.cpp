// The contents of one commit of the walk, and its flaws.
#include <fmt/format.h>

#include <algorithm>

#include "walk.hpp"

namespace eventstore::engine {

using format::CommitHeader;
using format::CommitKind;
using format::Location;
using format::RecordKind;
using format::RecordPrefix;

namespace {

bool has_possible_length(const CommitHeader& header, BytesView rest) {
  return header.length >= sizeof header && header.length % 8 == 0 && header.length <= rest.size();
}

bool is_at(BytesView commit, std::size_t at) {
  return commit.size() - at >= sizeof(RecordPrefix) &&
         format::load<RecordPrefix>(commit.data() + at).commit_distance == at;
}

// Where the record after the damaged one at `at` begins: where its length leads, if a record says that it stands there,
// else the next place that has a whole one.
std::size_t next_record(BytesView commit, std::size_t at) {
  const auto left = commit.size() - at;
  const std::size_t stated = left < sizeof(RecordPrefix) ? 0 : format::load<RecordPrefix>(commit.data() + at).length;
  if (stated >= sizeof(format::SchemaHeader) && stated % 8 == 0 && stated <= left &&
      (stated == left || is_at(commit, at + stated)))
    return at + stated;
  for (at += 8; at < commit.size(); at += 8)
    if (is_at(commit, at) && check_record(commit.subspan(at), at).text.empty()) return at;
  return commit.size();
}

// The findings on records of one commit, until a whole event tells how many events were among them.
class Unread {
 public:
  void add(std::size_t finding) { findings_.push_back(finding); }

  /// The event `next` is whole, or there is none up to it. Whether events were lost.
  bool settle(std::vector<Finding>& findings, std::uint64_t first, std::uint64_t next) {
    const auto lost = next - first;
    for (std::size_t i = 0; i < findings_.size() && lost > 0; ++i) {
      const bool one_each = lost == findings_.size();
      findings[findings_[i]].first = Position{one_each ? first + i : first};
      findings[findings_[i]].last = Position{one_each ? first + i : next - 1};
    }
    findings_.clear();
    return lost > 0;
  }

 private:
  std::vector<std::size_t> findings_;
};

}  // namespace

// Something is wrong with the commit that `rest` begins with.
Result<void> LogWalk::examine(BytesView rest, std::string_view what) {
  auto expected = expected_at(at_);
  const auto header = commit_header(rest, expected);
  if (!header || !has_possible_length(*header, rest)) {
    resync(rest, what);
    return {};
  }
  compare_with_chain(*header);
  expected.previous_checksum = header->previous_checksum;
  expected.next_position = header->first_position;
  const auto flaw = check_commit(rest, expected);
  if (flaw.is_newer_format) return failure(newer(flaw.text));
  const auto commit = rest.first(header->length);
  if (!flaw.text.empty()) return examine_body(commit, flaw.text);
  take(commit);
  return {};
}

// Past what can't be read: to the next header of this segment that is whole, or to the segment's end.
void LogWalk::resync(BytesView rest, std::string_view what) {
  open_gap(at_, what);
  checksum_.reset();
  for (std::size_t at = 8; at + sizeof(CommitHeader) <= rest.size(); at += 8) {
    const auto header = commit_header(rest.subspan(at), expected_at(at_ + at));
    if (!header || !has_possible_length(*header, rest.subspan(at)) || header->first_position < next_position_) continue;
    close_gap(header->first_position);
    return advance(at);
  }
  advance(rest.size());
}

void LogWalk::compare_with_chain(const CommitHeader& header) {
  if (!gap_.empty() && header.first_position >= next_position_) close_gap(header.first_position);
  if (checksum_ && header.previous_checksum != *checksum_)
    find_in_commit("the commit does not continue the chain", header);
  if (header.first_position != next_position_) {
    find_in_commit(
        fmt::format("the commit's first position is {} where {} comes next", header.first_position, next_position_),
        header);
    if (header.first_position > next_position_) lose(next_position_, header.first_position - 1);
  }
  next_position_ = header.first_position;
}

void LogWalk::find_in_commit(std::string_view what, const CommitHeader& header) {
  auto& finding = find(FindingKind::altered, at_, what);
  if (header.event_count == 0) return;
  finding.first = Position{header.first_position};
  finding.last = Position{header.first_position + header.event_count - 1};
}

// The header is whole and the records are not: names each, and gives the others.
Result<void> LogWalk::examine_body(BytesView commit, std::string_view what) {
  const auto header = format::load<CommitHeader>(commit.data());
  const auto findings_before = report_.findings.size();
  Unread unread;
  std::uint64_t next = 0;  // the ordinal of the next event
  const auto settle = [&](std::uint64_t ordinal) {
    if (unread.settle(report_.findings, header.first_position + next, header.first_position + ordinal))
      lose(header.first_position + next, header.first_position + ordinal - 1);
    next = ordinal;
  };
  for (std::size_t at = sizeof header; at < commit.size();) {
    const auto flaw = check_record(commit.subspan(at), at);
    if (flaw.is_newer_format) return failure(newer(flaw.text));
    const auto prefix = flaw.text.empty() ? format::load<RecordPrefix>(commit.data() + at) : RecordPrefix{};
    const bool is_event = prefix.kind == RecordKind::event;
    if (flaw.text.empty() && (!is_event || (prefix.ordinal >= next && prefix.ordinal < header.event_count))) {
      if (is_event) settle(prefix.ordinal);
      give(commit.data() + at, header, at_ + at);
      if (is_event) ++next;
      at += prefix.length;
      continue;
    }
    find(FindingKind::damage, at_ + at, flaw.text.empty() ? "a record is not in its place" : flaw.text);
    unread.add(report_.findings.size() - 1);
    for (auto* const observer : observers_) observer->gap_begins();
    at = next_record(commit, at);
  }
  settle(std::max<std::uint64_t>(next, header.event_count));
  if (report_.findings.size() == findings_before) find_in_commit(what, header);
  pass(header);
  return {};
}

void LogWalk::take(BytesView commit) {
  const auto header = format::load<CommitHeader>(commit.data());
  close_gap(header.first_position);
  for (std::size_t at = sizeof header; at < commit.size();) {
    give(commit.data() + at, header, at_ + at);
    at += format::load<RecordPrefix>(commit.data() + at).length;
  }
  pass(header);
}

void LogWalk::give(const std::byte* record, const CommitHeader& header, std::uint64_t offset) {
  const auto prefix = format::load<RecordPrefix>(record);
  if (prefix.kind == RecordKind::outcome) return;
  if (prefix.kind == RecordKind::schema) {
    const SchemaRecord schema{SchemaId{format::load<format::SchemaHeader>(record).id},
                              {record + sizeof(format::SchemaHeader), prefix.ordinal}};
    for (auto* const observer : observers_) observer->schema(schema, offset);
    return;
  }
  const Position position{header.first_position + prefix.ordinal};
  const WalkedEvent event{
      format::event_in(record, position, Timestamp{header.recorded_at}), {record, prefix.length}, offset};
  for (auto* const observer : observers_) observer->event(event);
  ++report_.events;
}

// Two commits of one microsecond after more than a day without any: the clock was behind the log at the second one.
void LogWalk::look_at_clock(const CommitHeader& commit) {
  constexpr std::int64_t day = std::int64_t{24} * 3600 * 1'000'000;
  const Position first{commit.first_position};
  const Position last{commit.first_position + commit.event_count - 1};
  if (jump_ && commit.recorded_at == jump_->after.micros) {
    jump_->last = last;
    auto& jumps = report_.clock_jumps;
    if (jumps.empty() || jumps.back().first != jump_->first) jumps.emplace_back();
    jumps.back() = *jump_;
    return;
  }
  jump_.reset();
  const bool is_far = recorded_at_ != std::numeric_limits<std::int64_t>::min() && commit.recorded_at > recorded_at_ &&
                      commit.recorded_at - recorded_at_ > day;
  if (is_far && commit.first_position > 1)
    jump_ = ClockJump{first, last, Timestamp{recorded_at_}, Timestamp{commit.recorded_at}};
}

void LogWalk::pass(const CommitHeader& header) {
  if (header.recorded_at < recorded_at_) find_in_commit("recorded_at is less than in the commit before", header);
  if (header.event_count > 0) look_at_clock(header);
  recorded_at_ = std::max(recorded_at_, header.recorded_at);
  next_position_ = header.first_position + header.event_count;
  checksum_ = header.checksum;
  is_finished_ = header.kind == CommitKind::finish;
  ++report_.commits;
  advance(header.length);
}

}  // namespace eventstore::engine
