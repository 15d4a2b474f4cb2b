#pragma once
// The present state of an aggregate, or an earlier one.
#include <eventstore/app/store.hpp>
#include <eventstore/history/moment.hpp>

namespace eventstore::app {

struct ShowState {
  EVENTSTORE_FIELDS(ShowState, (std::string, stream, , help("Stream of the aggregate, like {stream}")),
                    (std::optional<std::uint64_t>, at_version, , help("Show the state after this version")),
                    (std::optional<Timestamp>, at_time, ,
                     help("Show the state at this time, in RFC 3339, or at the start of this day in UTC")),
                    (std::optional<std::uint64_t>, at_position, ,
                     help("Show the state when the log ended at this position")),
                    (EventClock, by, EventClock::created,
                     help("Clock of the time: when events were created, or when the log recorded them")));
};

/// Events that the state is without, because this build does not know their types: their number, and the first.
struct StateLacks {
  EVENTSTORE_FIELDS(StateLacks, (std::uint64_t, events), (std::string, event_type), (std::uint64_t, position));
};

struct ShownState {
  EVENTSTORE_FIELDS(ShownState, (std::string, stream), (std::string, organization_id), (std::uint64_t, version),
                    (Timestamp, created_at), (Timestamp, updated_at), (Json, state),
                    (std::optional<StateLacks>, passed_over), (std::optional<std::string>, note));
};

/// Replays the aggregate; `note` says it where clocks ran backwards around the time. Errors: invalid_argument (no
/// stream id; a category without state, or that the model does not have; more than one of a version, a time and a
/// position); not_found (no such stream or version, a position past the log's head, nothing up to that time or
/// position); as check_readable and state_at.
Result<ShownState> show_state(const Store& store, const ShowState& parameters);

}  // namespace eventstore::app
