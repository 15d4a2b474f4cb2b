#include <eventstore/app/read.hpp>
#include <eventstore/app/trace.hpp>

namespace eventstore::app {
namespace {

std::string id_of(const TraceNode& node) { return node.is_in_log ? node.metadata.event_id.to_string() : node.cause; }

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional{text};
}

TracedEvent described(const TraceNode& node, const std::vector<TraceNode>& nodes) {
  TracedEvent event;
  event.depth = node.depth;
  if (node.parent) event.parent = id_of(nodes[*node.parent]);
  event.relation = node.relation;
  event.event_id = id_of(node);
  if (node.ends_loop) event.loop = true;
  if (!node.is_in_log) {
    event.missing = true;
    return event;
  }
  event.stream = node.stream;
  event.version = node.version.value;
  event.position = node.position.value;
  event.event_type = node.type;
  event.created_at = node.metadata.created_at;
  event.organization_id = node.metadata.organization;
  event.user_id = unless_empty(node.metadata.user_id);
  event.correlation_id = unless_empty(node.metadata.correlation_id);
  event.causation_id = unless_empty(node.metadata.causation_id);
  return event;
}

}  // namespace

Result<TracedEvents> trace(const Store& store, const TraceEvent& parameters, const OnProgress& on_progress) {
  TraceOptions options;
  EVENTSTORE_TRY_ASSIGN(options.events_max, limit_of(parameters.limit));
  if (options.events_max == 0)
    return failure(Errc::invalid_argument, "trace", "--limit 0", "the event itself is one: give a larger number");
  if (!parameters.stream.empty()) {
    EVENTSTORE_TRY_ASSIGN(options.stream, parse_stream(store.model(), parameters.stream));
  }
  const auto on_scanned = [&](std::uint64_t done, std::uint64_t whole) {
    if (on_progress) on_progress({done, static_cast<double>(done) / static_cast<double>(whole)});
  };
  EVENTSTORE_TRY_ASSIGN(const auto found,
                        eventstore::trace(store.log(), EventId{parameters.event_id}, options, on_scanned));
  TracedEvents traced;
  for (const auto& node : found.nodes) {
    traced.events.push_back(described(node, found.nodes));
    traced.parents.push_back(node.parent);
  }
  traced.left_out = found.left_out;
  return traced;
}

}  // namespace eventstore::app
