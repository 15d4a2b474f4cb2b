#pragma once
// The events that every engine is given: the same for the same numbers, on any machine.
#include <cstdint>
#include <eventstore/core/bytes.hpp>
#include <eventstore/core/stream_id.hpp>
#include <eventstore/core/uuid.hpp>
#include <span>
#include <vector>

namespace bench {

using eventstore::BytesView;
using eventstore::StreamId;

inline constexpr std::size_t type_count = 20;
inline constexpr std::size_t payload_bytes = 200;
inline constexpr std::size_t metadata_bytes = 32;

/// One of the event type names.
std::string_view type_name(std::size_t type);

/// Lifetime: views and pointers live as long as the History that made the event.
struct Event {
  const StreamId* stream = nullptr;
  std::uint64_t version = 0;  ///< that it must get
  eventstore::Uuid id{};
  std::string_view type{};
  std::int64_t created_at = 0;
  BytesView metadata{};
  BytesView data{};
};

/// What a batch expects of a stream, and what it makes of it.
struct Expected {
  const StreamId* stream = nullptr;
  std::uint64_t before = 0;
  std::uint64_t after = 0;
};

/// What is appended at once: all or nothing.
struct Batch {
  std::vector<Event> events;
  std::vector<Expected> expected;  ///< one for each stream that the events touch
};

/// A log's worth of events: streams of 1 to 19 events, 10 on average, about a thousand of them growing at a time.
class History {
 public:
  /// Histories with different `salt` have no stream in common.
  History(std::size_t event_count, std::uint32_t salt);

  [[nodiscard]] std::size_t size() const { return places_.size(); }
  [[nodiscard]] Event event(std::size_t index) const;
  /// Replaces `batch` by the events from `first`, `count` of them or what is left.
  void fill(Batch& batch, std::size_t first, std::size_t count);

  [[nodiscard]] const std::vector<StreamId>& streams() const { return streams_; }
  /// The last version of a stream.
  [[nodiscard]] std::uint64_t head(std::size_t stream) const { return heads_[stream]; }

 private:
  struct Place {
    std::uint32_t stream;
    std::uint32_t version;
  };
  std::uint32_t salt_;
  std::vector<StreamId> streams_;
  std::vector<std::uint32_t> heads_;
  std::vector<Place> places_;
  std::vector<std::uint32_t> place_in_batch_;  // of each stream, 1 first; 0: not in the batch
};

/// Well-mixed bits of `value` (splitmix64).
std::uint64_t mix(std::uint64_t value);

}  // namespace bench
