#pragma once
// Which document of `events` and of `audit_logs` is an event's.
#include <eventstore/projection/change.hpp>
#include <string>

namespace domain {

/// An event id names an event within its stream only, and the streams of two organizations may share one.
inline std::string event_key(std::string_view stream, const eventstore::EventId& id) {
  return std::string{stream} + '\n' + id.to_string();
}

inline std::string event_key(const eventstore::AnyChange& change) {
  return event_key(change.event().stream, change.event().id);
}

}  // namespace domain
