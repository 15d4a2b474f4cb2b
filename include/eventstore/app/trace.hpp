#pragma once
// Why an event came, and what came of it, across streams.
#include <eventstore/app/progress.hpp>
#include <eventstore/app/store.hpp>
#include <eventstore/history/trace.hpp>

namespace eventstore::app {

struct TraceEvent {
  EVENTSTORE_FIELDS(TraceEvent,
                    (std::string, event, ,
                     help("Id of the event, or its place: @812 in the log, {stream}@7 in its stream")),
                    (std::string, stream, "",
                     help("Stream of the event, like {stream}, where several streams have one with this id")),
                    (std::string, limit, "10000", help("Largest number of events in the trace, or all")),
                    (bool, dot, false, help("Print the trace as a graph for Graphviz")),
                    (bool, mermaid, false, help("Print the trace as a graph for Mermaid")));
};

/// One event of a trace. One that is not in the log has an id, and nothing else is known of it.
struct TracedEvent {
  EVENTSTORE_FIELDS(TracedEvent, (std::uint64_t, depth), (std::optional<std::string>, parent),
                    (TraceRelation, relation), (std::string, event_id), (std::optional<bool>, missing),
                    (std::optional<bool>, loop), (std::optional<std::string>, stream),
                    (std::optional<std::uint64_t>, version), (std::optional<std::uint64_t>, position),
                    (std::optional<std::string>, event_type), (std::optional<Timestamp>, created_at),
                    (std::optional<std::string>, organization_id), (std::optional<std::string>, user_id),
                    (std::optional<std::string>, correlation_id), (std::optional<std::string>, causation_id));
};

struct TracedEvents {
  std::vector<TracedEvent> events;                  ///< as Trace::nodes; `parent` is the event id of the node above
  std::vector<std::optional<std::size_t>> parents;  ///< the place of that node, for each event
  std::uint64_t left_out = 0;                       ///< at least so many more belong to the trace
};

/// As eventstore::trace. Errors: also invalid_argument (no id and no place of an event, no stream id, no limit);
/// not_found (no such position, no such version).
Result<TracedEvents> trace(const Store& store, const TraceEvent& parameters, const OnProgress& on_progress = {});

/// The trace as text of Graphviz (https://graphviz.org): `dot -Tsvg`. Cost: linear.
std::string dot_of(const TracedEvents& trace);

/// The trace as a flowchart of Mermaid (https://mermaid.js.org). Cost: linear.
std::string mermaid_of(const TracedEvents& trace);

}  // namespace eventstore::app
