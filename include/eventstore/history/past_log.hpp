#pragma once
// A log as it was at a moment: whatever reads a log reads what could be read then.
#include <eventstore/history/moment.hpp>
#include <eventstore/log/event_log.hpp>
#include <memory>
#include <stop_token>

namespace eventstore {
inline namespace v1 {

struct PastOptions {
  /// Takes a log from which retention dropped events. What only these made is missing; a stream whose dropped events
  /// were created later than the time, or at times that are not known, is left out.
  bool without_dropped = false;
  std::stop_token stop{};
};

/// `log` up to and with `last`, without those that come later. Positions and versions are those of `log`. Lifetime:
/// borrows the log. Errors: invalid_argument for position 0; not_found past the head, with the head; expired, where
/// retention dropped events that are needed, as PastOptions says, or those behind `last`; the log's. Cost: a read;
/// then, for a stream that goes on after `last`, a search for its last version at each question about it.
Result<std::unique_ptr<EventLog>> past_log(const EventLog& log, Position last, const PastOptions& options = {});

/// `log` as it was at a time. By EventClock::created each stream ends before its first event that was created later, so
/// that every aggregate has a state that it really had, also where clocks ran backwards. By EventClock::recorded the
/// whole log ends behind the last event that was recorded by then: what a reader could have seen at that time. Errors:
/// not_found, where no event is as old, with the time of the oldest one; stopped; as above. Cost: by created, a visit
/// of all events, which decodes none, and memory for the names of the streams that have later events; by recorded, some
/// reads.
Result<std::unique_ptr<EventLog>> past_log(const EventLog& log, const AtTime& at, const PastOptions& options = {});

}  // namespace v1
}  // namespace eventstore
