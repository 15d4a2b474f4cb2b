#pragma once
// Private to this layer: the events of a trace as a tree.
#include "trace_events.hpp"

namespace eventstore {
inline namespace v1 {

/// Puts each event below its cause. `missing` are the causation ids that name no event of the log, by the position of
/// the event that has one.
std::vector<TraceNode> tree_of(TraceEvents events, const std::map<Position, std::string>& missing);

/// The causation id as the id of an event.
std::optional<Uuid> cause_of(const TraceNode& node);

}  // namespace v1
}  // namespace eventstore
