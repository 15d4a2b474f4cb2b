#pragma once
// The events of one stream with what each of them changed.
#include <eventstore/app/store.hpp>
#include <eventstore/core/function_ref.hpp>

namespace eventstore::app {

struct LogStream {
  EVENTSTORE_FIELDS(LogStream, (std::string, stream, , help("Stream to tell about, like {stream}")),
                    (std::uint64_t, from, 0, help("First version to print; 0: from the beginning")),
                    (std::uint64_t, to, 0, help("Last version to print; 0: to the end")),
                    (std::string, limit, "all", help("Largest number of events to print, or all")),
                    (bool, backward, false, help("Print the newest event first")));
};

/// An event of the log of a stream.
struct LoggedEvent {
  EVENTSTORE_FIELDS(LoggedEvent, (std::uint64_t, version), (std::uint64_t, position), (std::string, event_id),
                    (std::string, event_type), (Timestamp, created_at), (Timestamp, recorded_at),
                    (std::optional<std::string>, user_id), (std::optional<bool>, clock_ran_back),
                    (std::optional<Json>, changes), (std::optional<Json>, data));
};

/// Gives each event in order: with `changes` in the form of docs/reference/changes.md where the program folds it, and
/// otherwise with its `data`: in a category without state or that the model does not have, and for a type that it does
/// not know. `clock_ran_back` is true where the event was created before the event that precedes it. Errors:
/// invalid_argument (no stream id, no limit); not_found (no such stream); as check_readable, each_step and
/// EventLog::read_stream; those of `on_event`, which end it. Cost: one walk over the events; backward one for each
/// 16,384 events, each with a load of the state before them.
Result<void> log_stream(const Store& store, const LogStream& parameters,
                        FunctionRef<Result<void>(const LoggedEvent&)> on_event);

}  // namespace eventstore::app
