#pragma once
// What differs between two states of one aggregate.
#include <eventstore/app/store.hpp>
#include <eventstore/history/diff.hpp>
#include <eventstore/history/moment.hpp>

namespace eventstore::app {

struct DiffStates {
  EVENTSTORE_FIELDS(DiffStates, (std::string, stream, , help("Stream of the aggregate, like {stream}")),
                    (std::string, a, ,
                     help("One moment: a version like 2, a position like @812, a time in RFC 3339, a day, or now")),
                    (std::string, b, , help("The other moment, likewise")),
                    (bool, json_patch, false, help("Print one JSON Patch (RFC 6902) that makes state B of state A")),
                    (EventClock, by, EventClock::created,
                     help("Clock of times: when events were created, or when the log recorded them")));
};

/// A place where the states differ; a side that lacks it is absent.
struct DifferenceRow {
  EVENTSTORE_FIELDS(DifferenceRow, (std::string, path), (DifferenceKind, kind), (std::optional<Json>, before),
                    (std::optional<Json>, after));
};

struct DiffedStates {
  Version a{};
  Version b{};
  std::vector<DifferenceRow> rows{};  ///< as differences_between orders them
  std::string patch{};                ///< JSON
  std::vector<std::string> notes{};   ///< for people: where clocks ran backwards around a time
};

/// Compares the states at two moments, either of which may be the earlier. Errors: invalid_argument (no stream id, a
/// text that is no moment, a category without state or that the model does not have); not_found and expired as
/// state_at; as check_readable and replay. Cost: two loads, and the texts of both states.
Result<DiffedStates> diff_states(const Store& store, const DiffStates& parameters);

}  // namespace eventstore::app
