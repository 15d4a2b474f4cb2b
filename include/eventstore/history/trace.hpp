#pragma once
// Why an event came, and what came of it: causes, effects, and what else happened in the same course, across streams.
#include <eventstore/history/find_events.hpp>
#include <eventstore/log/event_log.hpp>
#include <eventstore/log/metadata.hpp>
#include <eventstore/schema/enum.hpp>
#include <optional>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// What an event of a trace has to do with the asked one; of several, the first. A cause caused it, directly or through
/// others, and an effect was caused by it.
EVENTSTORE_ENUM(TraceRelation, asked, cause, effect, correlated);

struct TraceNode {
  TraceRelation relation = TraceRelation::asked;
  std::size_t depth = 0;                ///< 0: a root
  std::optional<std::size_t> parent{};  ///< place of the node that caused it
  bool is_in_log = true;                ///< false: only `cause` is known of it
  bool ends_loop = false;               ///< it caused one of the events above it, and the trace goes no further there
  std::string stream{};
  std::string type{};
  Version version{};
  Position position{};
  Metadata metadata{};
  std::string cause{};  ///< the id of a cause that is not in the log
};

/// A tree in the order in which it is read: each node before those that it caused, roots and siblings by position.
struct Trace {
  std::vector<TraceNode> nodes;
  std::uint64_t left_out = 0;  ///< at least so many more events belong to the trace, past the limit
};

struct TraceOptions {
  std::optional<StreamId> stream{};  ///< of the asked event, where several streams have its id
  std::size_t events_max = 10'000;   ///< the nearest ones: causes, then effects, then what is correlated
};

/// The trace of the event with `id`. An event causes those whose causation id is its event id. The asked event's
/// causes are in it up to the last that is known, all that it caused, directly or through others, and all events with
/// its correlation id; the first event of such a course often has none, and its event id is then the correlation id of
/// the others. Where several streams have an event with this id, all of them are asked for. Each event stands once,
/// below its cause; one whose cause is not in the trace is a root, and one whose cause is not in the log stands below a
/// node for that. A loop of causes ends where it comes back.
/// Errors: not_found (no such event; no such event in the stream); as EventLog::visit_all; out_of_memory;
/// user_exception, for what `on_scanned` throws. Cost: one look at the metadata of every event, on all processors, and
/// one read of each event in the trace. Memory: 8 bytes for each event, 8 more for its causation id and 8 for its
/// correlation id while the call lasts, and the trace.
Result<Trace> trace(const EventLog& log, const EventId& id, const TraceOptions& options = {},
                    const OnScanned& on_scanned = {});

}  // namespace v1
}  // namespace eventstore
