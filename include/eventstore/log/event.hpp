#pragma once
// Events as the log knows them: names, numbers and bytes. The schema layer gives the bytes their meaning.
#include <eventstore/core/bytes.hpp>
#include <eventstore/core/expected_version.hpp>
#include <eventstore/core/stream_id.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/uuid.hpp>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// The largest event: stream, type, organization, metadata and data together.
inline constexpr std::size_t event_bytes_max = std::size_t{16} * 1024 * 1024;
/// The largest commit, with its headers, schemas and events.
inline constexpr std::size_t commit_bytes_max = std::size_t{64} * 1024 * 1024;
/// The longest event type name and organization name.
inline constexpr std::size_t name_bytes_max = 200;

/// The encoding of an event's data.
enum class Codec : std::uint8_t { binary = 1, json = 2 };

/// A schema's identity: the digest of its canonical descriptor. All zero: JSON without a schema.
struct SchemaId {
  Uuid digest{};

  constexpr SchemaId() = default;
  constexpr explicit SchemaId(const Uuid& value) : digest{value} {}
  [[nodiscard]] bool is_none() const { return digest.is_nil(); }
  friend constexpr auto operator<=>(const SchemaId&, const SchemaId&) = default;
};

/// An event to be appended. Lifetime: views are read only during the call.
struct NewEvent {
  StreamId stream;
  EventId id{};
  std::string_view type{};
  std::string_view organization{};
  Timestamp created_at{};
  SchemaId schema{};
  Codec codec = Codec::binary;
  std::uint32_t encryption_key = 0;  ///< 0: not encrypted
  BytesView metadata{};              ///< see metadata.hpp
  BytesView data{};
};

/// An event as it stands in the log. Lifetime: views live as long as the page or the log that gave them says.
struct RecordedEvent {
  std::string_view stream{};
  Version version{};
  Position position{};
  EventId id{};
  std::string_view type{};
  std::string_view organization{};
  Timestamp created_at{};   ///< the writer's claim
  Timestamp recorded_at{};  ///< the log's own clock; never decreases with the position
  SchemaId schema{};
  Codec codec = Codec::binary;
  std::uint32_t encryption_key = 0;
  BytesView metadata{};
  BytesView data{};
};

/// A schema's canonical descriptor under its id.
struct SchemaRecord {
  SchemaId id{};
  BytesView descriptor{};
};

}  // namespace v1
}  // namespace eventstore

template <> struct std::hash<eventstore::SchemaId> {
  std::size_t operator()(const eventstore::SchemaId& id) const noexcept {
    return std::hash<eventstore::Uuid>{}(id.digest);
  }
};
