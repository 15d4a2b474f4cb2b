#include "format.hpp"

#include <xxhash.h>

#include <array>
#include <utility>

namespace eventstore::engine {
namespace format {

std::uint64_t checksum_of(BytesView bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

std::uint64_t fold(const Uuid& store_id) {
  const auto halves = std::bit_cast<std::array<std::uint64_t, 2>>(store_id.octets);
  return halves[0] ^ halves[1];
}

CommitHeader commit_of(const std::byte* record) {
  return load<CommitHeader>(record - load<RecordPrefix>(record).commit_distance);
}

OutcomeView outcome_at(const std::byte* record) {
  const auto header = load<OutcomeHeader>(record);
  const auto* const text = reinterpret_cast<const char*>(record + sizeof header);
  const std::size_t texts = std::size_t{header.stream_bytes} + header.organization_bytes;
  return {{text, header.stream_bytes},
          {text + header.stream_bytes, header.organization_bytes},
          header.command_id,
          header.content,
          {record + sizeof header + texts, header.prefix.ordinal}};
}

RecordedEvent event_at(const std::byte* record) {
  const auto commit = commit_of(record);
  const auto ordinal = load<RecordPrefix>(record).ordinal;
  return event_in(record, Position{commit.first_position + ordinal}, Timestamp{commit.recorded_at});
}

}  // namespace format
}  // namespace eventstore::engine
