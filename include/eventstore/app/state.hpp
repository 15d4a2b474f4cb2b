#pragma once
// The present state of an aggregate, or an earlier one.
#include <eventstore/app/store.hpp>

namespace eventstore::app {

struct ShowState {
  EVENTSTORE_FIELDS(ShowState, (std::string, stream, , help("Stream of the aggregate, like {stream}")),
                    (std::optional<std::uint64_t>, at_version, , help("Show the state after this version")),
                    (std::optional<Timestamp>, at_time, ,
                     help("Show the state at this time, in RFC 3339, or at the start of this day in UTC")));
};

/// Events that the state is without, because this build does not know their types: their number, and the first.
struct StateLacks {
  EVENTSTORE_FIELDS(StateLacks, (std::uint64_t, events), (std::string, event_type), (std::uint64_t, position));
};

struct ShownState {
  EVENTSTORE_FIELDS(ShownState, (std::string, stream), (std::string, organization_id), (std::uint64_t, version),
                    (Timestamp, created_at), (Timestamp, updated_at), (std::optional<Json>, state),
                    (std::optional<StateLacks>, passed_over));
};

/// Replays the aggregate; `state` is absent if its type has none. Errors: invalid_argument (no stream id, or both a
/// version and a time); not_found (no such category, stream, version, or nothing at that time); as check_readable and
/// replay.
Result<ShownState> show_state(const Store& store, const ShowState& parameters);

}  // namespace eventstore::app
