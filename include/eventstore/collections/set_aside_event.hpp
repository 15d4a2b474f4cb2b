#pragma once
// An event that a collection is without, because its projection gave an error at it: a dead letter.
#include <cstdint>
#include <eventstore/core/error.hpp>
#include <eventstore/core/ordinal.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/uuid.hpp>
#include <string>

namespace eventstore {
inline namespace v1 {

/// A collection has at most one for each position.
struct SetAsideEvent {
  Position position{};
  std::string stream{};
  std::string type{};
  Uuid event_id{};
  Timestamp noted_at{};        ///< when it was tried last
  std::uint64_t attempts = 1;  ///< of the projection at this event
  Error error{};               ///< of the last one; code, during, where and detail are kept
  bool is_dropped = false;     ///< somebody has decided that the documents stay without it
};

/// How many events a collection is without.
struct SetAsideCounts {
  std::uint64_t open = 0;     ///< nothing was decided about them
  std::uint64_t dropped = 0;  ///< somebody has decided that the documents stay without them

  friend bool operator==(const SetAsideCounts&, const SetAsideCounts&) = default;
};

}  // namespace v1
}  // namespace eventstore
