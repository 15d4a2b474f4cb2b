#include "commit_check.hpp"

#include <vector>

namespace eventstore::engine {
namespace {

using format::CommitHeader;
using format::CommitKind;
using format::EventHeader;
using format::OutcomeHeader;
using format::RecordKind;
using format::RecordPrefix;
using format::SchemaHeader;

std::size_t stated_size(const std::byte* record, const RecordPrefix& prefix) {
  if (prefix.kind == RecordKind::schema) return sizeof(SchemaHeader) + prefix.ordinal;
  if (prefix.kind == RecordKind::outcome) {
    const auto header = format::load<OutcomeHeader>(record);
    return sizeof header + header.stream_bytes + header.organization_bytes + prefix.ordinal;
  }
  const auto header = format::load<EventHeader>(record);
  return sizeof header + header.stream_bytes + header.type_bytes + header.organization_bytes +
         std::size_t{header.metadata_bytes} + header.data_bytes;
}

std::size_t header_size(RecordKind kind) {
  switch (kind) {
    case RecordKind::event: return sizeof(EventHeader);
    case RecordKind::schema: return sizeof(SchemaHeader);
    case RecordKind::outcome: return sizeof(OutcomeHeader);
  }
  return 0;  // an unknown kind
}

// Checks a commit's records one after another, and counts them.
class RecordCheck {
 public:
  Flaw next(BytesView rest, std::size_t distance) {
    const auto flaw = check_record(rest, distance);
    if (!flaw.text.empty()) return flaw;
    const auto prefix = format::load<RecordPrefix>(rest.data());
    checksums_.push_back(prefix.checksum);
    if (prefix.kind == RecordKind::event && prefix.ordinal != events_++) return {"a record is not in its place"};
    return {};
  }

  [[nodiscard]] std::uint64_t body_checksum() const {
    return format::checksum_of(std::as_bytes(std::span{checksums_}));
  }
  [[nodiscard]] std::size_t count() const { return checksums_.size(); }
  [[nodiscard]] std::size_t event_count() const { return events_; }

 private:
  std::vector<std::uint64_t> checksums_;
  std::size_t events_ = 0;
};

Flaw check_body(BytesView commit, const CommitHeader& header) {
  RecordCheck records;
  std::size_t at = sizeof(CommitHeader);
  while (at < commit.size()) {
    const auto flaw = records.next(commit.subspan(at), at);
    if (!flaw.text.empty()) return flaw;
    at += format::load<RecordPrefix>(commit.data() + at).length;
  }
  if (records.count() != header.record_count || records.event_count() != header.event_count)
    return {"the commit's records differ from those that it states"};
  if (records.body_checksum() != header.body_checksum) return {"the commit's checksum does not match"};
  return {};
}

}  // namespace

Flaw check_record(BytesView bytes, std::size_t distance) {
  if (bytes.size() < sizeof(SchemaHeader)) return {"a record is cut off"};
  const auto prefix = format::load<RecordPrefix>(bytes.data());
  if (prefix.length > bytes.size() || prefix.length % 8 != 0 || prefix.length < sizeof(SchemaHeader))
    return {"a record's length is impossible"};
  constexpr auto skipped = sizeof(std::uint64_t);
  if (format::checksum_of(bytes.subspan(skipped, prefix.length - skipped)) != prefix.checksum)
    return {"a record's checksum does not match"};
  if (prefix.commit_distance != distance) return {"a record is not in its place"};
  const auto header_bytes = header_size(prefix.kind);
  if (header_bytes == 0 || prefix.must_understand != 0) return {"a record of an unknown kind", true};
  if (prefix.length < header_bytes) return {"a record's length is impossible"};
  if (format::padded(stated_size(bytes.data(), prefix)) != prefix.length)
    return {"a record's lengths contradict each other"};
  return {};
}

Flaw check_record_at(BytesView segment, std::uint32_t offset, RecordKind kind) {
  if (offset % 8 != 0 || offset > segment.size() || segment.size() - offset < sizeof(RecordPrefix))
    return {"a record is not in its place"};
  const auto prefix = format::load<RecordPrefix>(segment.data() + offset);
  const std::size_t distance = prefix.commit_distance;
  const auto flaw = check_record(segment.subspan(offset), distance);
  if (!flaw.text.empty()) return flaw;
  if (prefix.kind != kind || distance < sizeof(CommitHeader) || distance > offset)
    return {"a record is not in its place"};
  const auto commit = format::load<CommitHeader>(segment.data() + offset - distance);
  if (commit.magic != format::commit_magic || commit.checksum != format::header_checksum(commit) ||
      commit.location.offset() != offset - distance)
    return {"the commit's header is damaged"};
  return {};
}

std::optional<CommitHeader> commit_header(BytesView bytes, const ExpectedCommit& expected) {
  if (bytes.size() < sizeof(CommitHeader)) return std::nullopt;
  const auto header = format::load<CommitHeader>(bytes.data());
  const bool whole = header.magic == format::commit_magic && header.checksum == format::header_checksum(header) &&
                     header.store_fold == expected.store_fold && header.location == expected.location &&
                     header.generation == expected.generation;
  return whole ? std::optional{header} : std::nullopt;
}

ExpectedCommit ExpectedCommit::first_of(const format::SegmentHeader& header) {
  return {.store_fold = format::fold(header.store_id),
          .location = format::Location{static_cast<std::uint32_t>(header.number), sizeof header},
          .generation = header.generation,
          .next_position = header.first_position,
          .previous_checksum = header.previous_checksum};
}

void ExpectedCommit::pass(const CommitHeader& commit) {
  location = format::Location{location.value + commit.length};
  next_position += commit.event_count;
  previous_checksum = commit.checksum;
}

Flaw check_commit(BytesView bytes, const ExpectedCommit& expected) {
  if (bytes.size() < sizeof(CommitHeader)) return {"the commit is cut off"};
  const auto header = commit_header(bytes, expected);
  if (!header) return {"the commit's header is damaged"};
  const bool known = header->kind >= CommitKind::events && header->kind <= CommitKind::mark;
  if (!known || header->must_understand != 0 || header->partition != 0) return {"a commit of an unknown kind", true};
  if (header->length < sizeof(CommitHeader) || header->length % 8 != 0) return {"the commit's length is impossible"};
  if (header->length > bytes.size()) return {"the commit is cut off"};
  if (expected.previous_checksum && header->previous_checksum != *expected.previous_checksum)
    return {"the commit does not continue the chain"};
  if (expected.previous_checksum ? header->first_position != expected.next_position
                                 : header->first_position < expected.next_position)
    return {"the commit's first position is not the next"};
  return check_body(bytes.first(header->length), *header);
}

}  // namespace eventstore::engine
