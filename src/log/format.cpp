#include "format.hpp"

#include <xxhash.h>

#include <array>
#include <utility>

namespace eventstore::inline v1::format {

std::uint64_t checksum_of(BytesView bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

std::uint64_t fold(const Uuid& store_id) {
  const auto halves = std::bit_cast<std::array<std::uint64_t, 2>>(store_id.octets);
  return halves[0] ^ halves[1];
}

CommitHeader commit_of(const std::byte* record) {
  return load<CommitHeader>(record - load<RecordPrefix>(record).commit_distance);
}

RecordedEvent event_at(const std::byte* record) {
  const auto commit = commit_of(record);
  const auto ordinal = load<RecordPrefix>(record).ordinal;
  return event_in(record, Position{commit.first_position + ordinal}, Timestamp{commit.recorded_at});
}

RecordedEvent event_in(const std::byte* record, Position position, Timestamp recorded_at) {
  const auto header = load<EventHeader>(record);
  const auto* at = reinterpret_cast<const char*>(record + sizeof header);
  const auto take = [&at](std::size_t bytes) { return std::string_view{std::exchange(at, at + bytes), bytes}; };
  RecordedEvent event;
  event.stream = take(header.stream_bytes);
  event.tenant = take(header.tenant_bytes);
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

}  // namespace eventstore::inline v1::format
