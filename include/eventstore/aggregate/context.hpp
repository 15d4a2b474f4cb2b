#pragma once
// The facts that a decision may know besides state and command: the only way to the time and to the caller.
#include <eventstore/core/zone.hpp>
#include <eventstore/log/metadata.hpp>

namespace eventstore {
inline namespace v1 {

struct Context {
  StreamId stream;
  Version version{};    ///< of the state that is decided on; 0 where the stream is opened
  Timestamp now{};      ///< becomes created_at of the events
  Metadata metadata{};  ///< organization, user and the rest, as they will stand on the events
  Uuid command_id{};    ///< the events' ids derive from it
  /// In which the days of the organization begin, as the clock has it. Never null. Lifetime: the call.
  const Zone* zone = &utc_zone();
};

}  // namespace v1
}  // namespace eventstore
