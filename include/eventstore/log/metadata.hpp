#pragma once
// The facts about an event besides its data, and their tagged form in the record (docs/reference/file-format.md).
#include <eventstore/log/event.hpp>
#include <string>

namespace eventstore {
inline namespace v1 {

/// Empty means not known. The first three are fields of the record; the others travel as tagged metadata.
struct Metadata {
  EventId event_id{};
  Timestamp created_at{};
  std::string organization{"default"};
  std::string user_id{};
  std::string ip_address{};
  std::string user_agent{};
  std::string correlation_id{};
  std::string causation_id{};
  std::string extra{};      ///< a JSON object with all other metadata of the writer; at most 64 KiB
  bool has_erased = false;  ///< values of the event's data were erased, and have their defaults; it is never stored

  friend bool operator==(const Metadata&, const Metadata&) = default;
};

inline constexpr std::size_t free_data_bytes_max = 64 * 1024;

/// Appends the tagged fields of `metadata` to `out`: tag (1 byte), length (4 bytes, little-endian), text.
void encode_tagged(const Metadata& metadata, Bytes& out);

/// All metadata of `event`; tags that this build does not know are passed over. Errors: corrupt_record.
Result<Metadata> metadata_of(const RecordedEvent& event);

/// As metadata_of, into a Metadata whose memory is used again.
Result<void> metadata_into(const RecordedEvent& event, Metadata& metadata);

}  // namespace v1
}  // namespace eventstore
