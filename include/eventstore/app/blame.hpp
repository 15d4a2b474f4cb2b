#pragma once
// Which event set each field of an aggregate's state.
#include <eventstore/app/store.hpp>
#include <eventstore/history/moment.hpp>

namespace eventstore::app {

struct BlameStream {
  EVENTSTORE_FIELDS(BlameStream, (std::string, stream, , help("Stream of the aggregate, like {stream}")),
                    (std::string, path, "",
                     help("Only what stands there in the state: a field like status, an entry like map[\"key\"], an "
                          "element like list[0], or a path like list[0].field")),
                    (bool, all, false, help("Print each event that ever set the value, with what it set")),
                    (std::optional<std::uint64_t>, at_version, , help("Ask about the state after this version")),
                    (std::optional<Timestamp>, at_time, ,
                     help("Ask about the state at this time, in RFC 3339, or at the start of this day in UTC")),
                    (std::optional<std::uint64_t>, at_position, ,
                     help("Ask about the state when the log ended at this position")),
                    (EventClock, by, EventClock::created,
                     help("Clock of the time: when events were created, or when the log recorded them")));
};

/// A value and the event that set it. `value` is absent where the event cleared or removed it; the event is absent
/// where the value is as in a new state, or where retention dropped it: then one up to `dropped_up_to` set the value.
struct BlameRow {
  EVENTSTORE_FIELDS(BlameRow, (std::string, path), (std::optional<Json>, value),
                    (std::optional<std::uint64_t>, version), (std::optional<std::uint64_t>, position),
                    (std::optional<std::string>, event_id), (std::optional<std::string>, event_type),
                    (std::optional<Timestamp>, created_at), (std::optional<std::string>, user_id),
                    (std::optional<std::uint64_t>, dropped_up_to));
};

struct BlamedStream {
  std::vector<BlameRow> rows{};
  std::string note{};  ///< for people, where clocks ran backwards around the time; may be empty
};

/// Errors: invalid_argument (no stream id, a category without state or that the model does not have, more than one of a
/// version, a time and a position, a path that the state does not have); as eventstore::blame and check_readable.
Result<BlamedStream> blame_stream(const Store& store, const BlameStream& parameters);

}  // namespace eventstore::app
