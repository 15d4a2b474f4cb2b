#pragma once
// A moment in a stream's life: the present, a version, a position of the log, or a time by one of two clocks.
#include <cstdint>
#include <eventstore/log/event_log.hpp>
#include <eventstore/schema/enum.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace eventstore {
inline namespace v1 {

/// The clock of a time: `created` is the writer's claim, which may run backwards; `recorded` is the log's own, which
/// never decreases with the position.
EVENTSTORE_ENUM(EventClock, created, recorded);

/// The end of the stream, wherever it is when the call looks.
struct Present {
  friend bool operator==(Present, Present) = default;
};

/// A time by one of the two clocks.
struct AtTime {
  Timestamp time{};
  EventClock by = EventClock::created;
  friend bool operator==(const AtTime&, const AtTime&) = default;
};

using Moment = std::variant<Present, Version, Position, AtTime>;

/// Reads a moment as a person writes it: "now", a version like "7", a position like "@812", a time in RFC 3339, or a
/// day like "2026-01-27", which is its start in UTC. `by` is the clock of a time. Errors: invalid_argument.
Result<Moment> parse_moment(std::string_view text, EventClock by = EventClock::created);

/// Two versions of a stream around a time: the first that was created after it, and a later one that was not.
struct BackwardClock {
  Version ahead{};
  Timestamp ahead_created_at{};
  Version behind{};
  Timestamp behind_created_at{};
};

/// The version of a stream at a moment.
struct VersionAt {
  Version version{};
  /// Where clocks ran backwards so that the order of versions and that of times disagree about the moment.
  std::optional<BackwardClock> backward{};

  /// A sentence for a person about `backward`; empty where there is nothing to say.
  [[nodiscard]] std::string note() const;
};

/// The last version of `stream` at `moment`. A position gives the last version up to and with it. A time gives the last
/// version before the stream's first event after it: where clocks ran backwards, no event is taken out of the middle.
/// A time after the last event gives the last version. Errors: not_found (no such stream, a version that it never
/// had, a position past the log's head, nothing up to the position or time); expired (retention dropped the events
/// that would tell); as EventLog::visit_stream. Cost: a version or the present, one look for the stream's head; a
/// position or a recorded time, a binary search over the stream; a created time, one visit of the whole stream, which
/// decodes no event. Threads: any.
Result<VersionAt> version_at(const EventLog& log, const StreamId& stream, const Moment& moment);

}  // namespace v1
}  // namespace eventstore
