#pragma once
// What a log knows of the events that retention dropped: up to where, and the states of their streams, as bytes.
#include <eventstore/log/event.hpp>
#include <memory>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// What made a kept state. The log compares and stores it, and does not understand it. Threads: constant once it is
/// made.
struct StateOrigin {
  std::string category{};
  SchemaId schema{};         ///< of the state's bytes
  std::string descriptor{};  ///< of that schema
  std::string code{};        ///< AggregateType::fingerprint of the code that made it; empty: not known

  friend bool operator==(const StateOrigin&, const StateOrigin&) = default;
};

/// The state of a stream after the last of its events that retention dropped.
struct KeptState {
  Version version{};
  Position position{};            ///< of the event at `version`
  Timestamp created_at{};         ///< of the stream's first event
  Timestamp updated_at{};         ///< of the event at `version`
  Timestamp latest_created_at{};  ///< the latest `created_at` of the stream's dropped events; all time: not known
  std::string organization{};
  std::shared_ptr<const StateOrigin> origin{};
  Bytes state{};  ///< by origin->schema
};

/// The largest state that is kept.
inline constexpr std::size_t kept_state_bytes_max = std::size_t{64} * 1024 * 1024;

/// What retention dropped of a log.
struct DroppedEvents {
  Position last{};                   ///< of the last dropped event; 0: nothing was dropped
  std::uint64_t streams = 0;         ///< that had events up to there
  std::uint64_t streams_unkept = 0;  ///< those of them whose state was not kept, though they may have one
  std::vector<std::shared_ptr<const StateOrigin>> origins{};  ///< of the kept states
};

}  // namespace v1
}  // namespace eventstore
