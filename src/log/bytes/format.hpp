#pragma once
// The bytes of the log as they stand in files: docs/reference/file-format.md, in C++.
#include <bit>
#include <cstring>
#include <eventstore/log/event.hpp>

namespace eventstore::engine {
namespace format {

static_assert(std::endian::native == std::endian::little, "the headers are copied as they stand: little-endian");

inline constexpr std::uint32_t version = 1;
inline constexpr std::uint64_t manifest_magic = 0x3145'524F'5453'5345;  // "ESSTORE1"
inline constexpr std::uint64_t segment_magic = 0x3154'4D47'4553'5345;   // "ESSEGMT1"
inline constexpr std::uint64_t head_magic = 0x3144'4145'4853'5345;      // "ESSHEAD1"
inline constexpr std::uint32_t commit_magic = 0x4D43'5345;              // "ESCM"

/// A place in the log's bytes: segment number (1 first) and offset in it. 0 is no place.
struct Location {
  std::uint64_t value = 0;

  constexpr Location() = default;
  constexpr explicit Location(std::uint64_t packed) : value{packed} {}
  constexpr Location(std::uint32_t segment, std::uint32_t offset)
      : value{static_cast<std::uint64_t>(segment) << 32 | offset} {}
  [[nodiscard]] constexpr std::uint32_t segment() const { return static_cast<std::uint32_t>(value >> 32); }
  [[nodiscard]] constexpr std::uint32_t offset() const { return static_cast<std::uint32_t>(value); }
  friend constexpr auto operator<=>(Location, Location) = default;
};

inline constexpr Location past_all{~std::uint64_t{0}};  ///< after every place where something can stand

struct ManifestBytes {
  std::uint64_t magic = manifest_magic;
  std::uint32_t format_version = version;
  std::uint32_t must_understand = 0;
  std::uint32_t may_ignore = 0;
  std::uint32_t reserved = 0;
  Uuid store_id{};
  std::int64_t created_at = 0;
  std::uint64_t unused[8] = {};
  std::uint64_t checksum = 0;  ///< over all bytes before it
};
static_assert(sizeof(ManifestBytes) == 120);

struct SegmentHeader {
  std::uint64_t magic = segment_magic;
  std::uint32_t format_version = version;
  std::uint32_t must_understand = 0;
  std::uint32_t may_ignore = 0;
  std::uint32_t generation = 0;
  Uuid store_id{};
  std::uint64_t number = 0;
  std::uint64_t first_position = 0;     ///< of the first event that will stand in it
  std::uint64_t previous_checksum = 0;  ///< of the last commit before it
  std::uint64_t capacity = 0;           ///< nothing stands past this many bytes
  std::int64_t recorded_at = 0;         ///< of the last commit before it
  std::uint64_t unused[4] = {};
  std::uint64_t checksum = 0;  ///< over all bytes before it
};
static_assert(sizeof(SegmentHeader) == 120);

enum class CommitKind : std::uint16_t {
  events = 1,
  finish = 2,  ///< nothing follows in this segment
  mark = 3,    ///< states the synced end, nothing else
};

struct CommitHeader {
  std::uint32_t magic = commit_magic;
  CommitKind kind = CommitKind::events;
  std::uint16_t must_understand = 0;
  std::uint32_t length = 0;  ///< of the whole commit, this header included
  std::uint32_t record_count = 0;
  std::uint32_t event_count = 0;
  std::uint32_t partition = 0;
  std::uint64_t store_fold = 0;  ///< the two halves of the store's id, one xor the other
  Location location{};           ///< of this header
  std::uint32_t generation = 0;
  std::uint32_t may_ignore = 0;
  std::uint64_t first_position = 0;  ///< of its first event; without events, of the next one
  std::int64_t recorded_at = 0;
  Location synced_end{};                ///< all before it was known to be on the disk
  std::uint64_t previous_checksum = 0;  ///< of the commit before: the chain
  std::uint64_t body_checksum = 0;      ///< over the checksums of the records, in order
  std::uint64_t checksum = 0;           ///< over all bytes before it
};
static_assert(sizeof(CommitHeader) == 96);

enum class RecordKind : std::uint8_t { event = 1, schema = 2, outcome = 3 };

/// What every record begins with.
struct RecordPrefix {
  std::uint64_t checksum = 0;  ///< over the rest of the record
  std::uint32_t length = 0;    ///< of the whole record, padding included
  RecordKind kind = RecordKind::event;
  Codec codec = Codec::binary;
  std::uint16_t must_understand = 0;
  std::uint32_t commit_distance = 0;  ///< from the start of the commit's header to this record
  std::uint32_t ordinal = 0;  ///< events: place among the commit's events, from 0; schemas: descriptor bytes; outcomes:
                              ///< result bytes
};
static_assert(sizeof(RecordPrefix) == 24);

struct EventHeader {
  RecordPrefix prefix{};
  std::uint64_t version = 0;
  Uuid id{};
  std::int64_t created_at = 0;
  Uuid schema{};
  std::uint32_t encryption_key = 0;
  std::uint32_t data_bytes = 0;
  std::uint32_t metadata_bytes = 0;
  std::uint16_t stream_bytes = 0;
  std::uint8_t organization_bytes = 0;
  std::uint8_t type_bytes = 0;
  // Then stream, organization, type, metadata, data, and zeros up to a multiple of 8.
};
static_assert(sizeof(EventHeader) == 88);

struct SchemaHeader {
  RecordPrefix prefix{};
  Uuid id{};
};
static_assert(sizeof(SchemaHeader) == 40);

struct OutcomeHeader {
  RecordPrefix prefix{};
  Uuid command_id{};
  Uuid content{};
  std::uint32_t unused = 0;
  std::uint16_t stream_bytes = 0;
  std::uint8_t organization_bytes = 0;
  std::uint8_t unused_too = 0;
  // Then stream, organization, result, and zeros up to a multiple of 8.
};
static_assert(sizeof(OutcomeHeader) == 64);

/// A segment of so many bytes has no more events. A larger number in a file is wrong, whatever its checksum.
constexpr std::uint64_t events_most(std::uint64_t segment_bytes) { return segment_bytes / sizeof(EventHeader); }
/// Of the largest segment that is made.
inline constexpr std::uint64_t events_in_segment_most = events_most(std::uint64_t{2} << 30);

/// XXH3, 64 bits.
std::uint64_t checksum_of(BytesView bytes);

/// The checksum that belongs in the last eight bytes of `header`.
template <class Header> std::uint64_t header_checksum(const Header& header) {
  return checksum_of(std::as_bytes(std::span{&header, 1}).first(sizeof(Header) - sizeof(std::uint64_t)));
}

/// Reads a header from bytes that are known to be long enough.
template <class Header> Header load(const std::byte* from) {
  Header header;
  std::memcpy(&header, from, sizeof header);
  return header;
}

template <class Header> BytesView bytes_of(const Header& header) { return std::as_bytes(std::span{&header, 1}); }

constexpr std::size_t padded(std::size_t bytes) { return (bytes + 7) / 8 * 8; }

std::uint64_t fold(const Uuid& store_id);

/// The event whose verified record begins at `record`. Lifetime: that of the bytes.
RecordedEvent event_at(const std::byte* record);

/// Gives each event record of the verified commit at `commit`, with its distance from there: `each(record, distance)`.
template <class Each> void each_event(const std::byte* commit, Each each) {
  const auto length = load<CommitHeader>(commit).length;
  for (std::uint32_t at = sizeof(CommitHeader); at < length;) {
    const auto prefix = load<RecordPrefix>(commit + at);
    if (prefix.kind == RecordKind::event) each(commit + at, at);
    at += prefix.length;
  }
}

/// Gives each outcome record of the verified commit at `commit`: `each(record, distance)`; they come before its events.
template <class Each> void each_outcome(const std::byte* commit, Each each) {
  const auto header = load<CommitHeader>(commit);
  if (header.record_count == header.event_count) return;
  for (std::uint32_t at = sizeof header; at < header.length;) {
    const auto prefix = load<RecordPrefix>(commit + at);
    if (prefix.kind == RecordKind::event) return;
    if (prefix.kind == RecordKind::outcome) each(commit + at, at);
    at += prefix.length;
  }
}

/// Gives each schema record of the verified commit at `commit`: `each(header, distance)`; they come first in it.
template <class Each> void each_schema(const std::byte* commit, Each each) {
  const auto header = load<CommitHeader>(commit);
  if (header.record_count == header.event_count) return;
  for (std::uint32_t at = sizeof header; at < header.length;) {
    const auto prefix = load<RecordPrefix>(commit + at);
    if (prefix.kind != RecordKind::schema) return;
    each(load<SchemaHeader>(commit + at), at);
    at += prefix.length;
  }
}

/// As event_at, for a record whose commit's header is at hand.
inline RecordedEvent event_in(const std::byte* record, Position position, Timestamp recorded_at) {
  const auto header = load<EventHeader>(record);
  const auto* at = reinterpret_cast<const char*>(record + sizeof header);
  const auto take = [&at](std::size_t bytes) { return std::string_view{std::exchange(at, at + bytes), bytes}; };
  RecordedEvent event;
  event.stream = take(header.stream_bytes);
  event.organization = take(header.organization_bytes);
  event.type = take(header.type_bytes);
  event.metadata = as_bytes(take(header.metadata_bytes));
  event.data = as_bytes(take(header.data_bytes));
  event.version = Version{header.version};
  event.position = position;
  event.id = EventId{header.id};
  event.created_at = Timestamp{header.created_at};
  event.recorded_at = recorded_at;
  event.schema = SchemaId{header.schema};
  event.codec = header.prefix.codec;
  event.encryption_key = header.encryption_key;
  return event;
}

/// An outcome as it stands in the log. Lifetime: that of the bytes.
struct OutcomeView {
  std::string_view stream{};
  std::string_view organization{};
  Uuid command_id{};
  Uuid content{};
  BytesView result{};
};

/// The outcome whose verified record begins at `record`.
OutcomeView outcome_at(const std::byte* record);

/// The header of the commit that holds the verified record at `record`.
CommitHeader commit_of(const std::byte* record);

}  // namespace format
}  // namespace eventstore::engine
