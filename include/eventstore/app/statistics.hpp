#pragma once
// The numbers of events and streams in a log.
#include <eventstore/core/result.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/schema/fields.hpp>
#include <optional>

namespace eventstore {
inline namespace v1 {
class EventLog;
}
}  // namespace eventstore

namespace eventstore::app {

struct Statistics {
  EVENTSTORE_FIELDS(Statistics, (std::uint64_t, events), (std::uint64_t, streams), (std::uint64_t, organizations),
                    (std::uint64_t, data_bytes), (std::optional<Timestamp>, first_created_at),
                    (std::optional<Timestamp>, last_created_at), (std::optional<std::uint64_t>, expired_events),
                    (Map<std::uint64_t>, streams_by_category), (Map<std::uint64_t>, events_by_type));
};

/// Counts the events of `log`; `expired` is the last position that retention dropped, and dropped events are counted
/// nowhere else. Errors: as EventLog::read_all. Cost: reads the whole log.
Result<Statistics> statistics(const EventLog& log, Position expired = {});

}  // namespace eventstore::app
