#pragma once
// Events by what they are, when they came, who caused them, and what their data has.
#include <eventstore/app/progress.hpp>
#include <eventstore/app/store.hpp>
#include <eventstore/history/find_events.hpp>

namespace eventstore::app {

struct FindEvents {
  EVENTSTORE_FIELDS(
      FindEvents, (std::string, stream, "", help("Only events of this stream, like {stream}")),
      (std::string, category, "", help("Only events of this category of streams")),
      (std::string, type, "", help("Only events of this type")),
      (std::string, organization_id, "", help("Only events of this organization")),
      (std::optional<Timestamp>, from, , help("Only events at this time or later, in RFC 3339, or a day in UTC")),
      (std::optional<Timestamp>, to, , help("Only events before this time")),
      (EventClock, by, EventClock::created, help("Clock of --from and --to: that of the writers, or the log's own")),
      (std::string, user_id, "", help("Only events of this user")),
      (std::string, correlation, "", help("Only events with this correlation id")),
      (std::string, causation, "", help("Only events with this causation id")),
      (std::vector<std::string>, where, std::vector<std::string>{},
       help(
           "Only events whose data has this value at this path, like status=failed or items[0].price=5; several times: "
           "all of them")),
      (std::string, text, "", help("Only events with this text in their data, in capitals or not")),
      (bool, backward_clocks, false, help("Only events created before the event before them in their stream")),
      (std::string, limit, "all", help("Largest number of events to print, or all")),
      (bool, backward, false, help("Print the newest event first")));
};

/// Reads the parameters, which needs no store. Errors: invalid_argument (no stream id, no limit, `from` after `to`); as
/// parse_data_condition.
Result<EventQuery> query_of(const Model& model, const FindEvents& parameters);

/// As find_events, and it refuses names that neither the model nor the log has. Errors: also unknown_event_type, and
/// invalid_argument for a category, with the name that may have been meant.
Result<std::uint64_t> find(const Store& store, const EventQuery& query,
                           FunctionRef<Result<void>(const RecordedEvent&)> on_event,
                           const OnProgress& on_progress = {});

}  // namespace eventstore::app
