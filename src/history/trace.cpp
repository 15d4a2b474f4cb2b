#include <eventstore/core/detail/guarded.hpp>
#include <eventstore/history/trace.hpp>

#include "trace_tree.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

// The causation ids that name no event of the log, by the position of the event.
Result<std::map<Position, std::string>> missing_causes(TraceGatherer& gatherer) {
  std::map<Position, std::string> missing;
  for (const auto& [position, node] : gatherer.events()) {
    const auto& id = node.metadata.causation_id;
    if (id.empty()) continue;
    bool is_there = false;
    if (const auto cause = cause_of(node)) {
      EVENTSTORE_TRY_ASSIGN(is_there, gatherer.has(*cause));
    }
    if (!is_there) missing.emplace(position, id);
  }
  return missing;
}

}  // namespace

Result<Trace> trace(const EventLog& log, const EventId& id, const TraceOptions& options, const OnScanned& on_scanned) {
  return detail::guarded("trace", id.to_string(), [&]() -> Result<Trace> {
    if (options.stream) EVENTSTORE_TRY(log.find(*options.stream, id));
    EVENTSTORE_TRY_ASSIGN(const auto index, TraceIndex::make(log, on_scanned));
    TraceGatherer gatherer{log, index, options.events_max};
    EVENTSTORE_TRY(gatherer.gather(id, options.stream));
    EVENTSTORE_TRY_ASSIGN(const auto missing, missing_causes(gatherer));
    return Trace{tree_of(std::move(gatherer.events()), missing), gatherer.left_out()};
  });
}

}  // namespace v1
}  // namespace eventstore
