#include <eventstore/app/read.hpp>
#include <eventstore/app/trace.hpp>

#include <charconv>

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

struct NamedEvent {
  EventId id{};
  std::optional<StreamId> stream{};
};

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = !text.empty() && read.ec == std::errc{} && read.ptr == text.data() + text.size();
  return is_whole ? std::optional{number} : std::nullopt;
}

// The one event of the page, if it stands at the place that was asked for.
template <class Place>
Result<NamedEvent> only_event(const Page& page, Place RecordedEvent::*place, Place wanted, const std::string& text) {
  if (page.events.empty() || page.events.front().*place != wanted)
    return failure(Errc::not_found, "trace", text, "no event stands there");
  const auto& event = page.events.front();
  return NamedEvent{event.id, StreamId::trusted(event.stream)};
}

// Reads an event's id, @812 or delivery-7@9.
Result<NamedEvent> named_event(const Store& store, const std::string& text) {
  if (const auto id = Uuid::parse(text)) return NamedEvent{EventId{*id}, std::nullopt};
  const auto at = text.rfind('@');
  const auto number = at == std::string::npos ? std::nullopt : number_of(std::string_view{text}.substr(at + 1));
  if (!number)
    return failure(Errc::invalid_argument, "trace", text,
                   "it names no event: give an event's id, its position as @812, or its stream and version as "
                   "delivery-7@9");
  if (at == 0) {
    ReadAll options{Position{*number}};
    options.limit = 1;
    EVENTSTORE_TRY_ASSIGN(const Page page, store.log().read_all(options));
    return only_event(page, &RecordedEvent::position, Position{*number}, text);
  }
  EVENTSTORE_TRY_ASSIGN(const StreamId stream, parse_stream(store.model(), text.substr(0, at)));
  ReadStream options{Version{*number}};
  options.limit = 1;
  EVENTSTORE_TRY_ASSIGN(const Page page, store.log().read_stream(stream, options));
  return only_event(page, &RecordedEvent::version, Version{*number}, text);
}

}  // namespace

Result<TracedEvents> trace(const Store& store, const TraceEvent& parameters, const OnProgress& on_progress) {
  TraceOptions options;
  EVENTSTORE_TRY_ASSIGN(options.events_max, limit_of(parameters.limit));
  if (options.events_max == 0)
    return failure(Errc::invalid_argument, "trace", "--limit 0", "the event itself is one: give a larger number");
  EVENTSTORE_TRY_ASSIGN(const auto named, named_event(store, parameters.event));
  options.stream = named.stream;
  if (!parameters.stream.empty()) {
    EVENTSTORE_TRY_ASSIGN(options.stream, parse_stream(store.model(), parameters.stream));
  }
  const auto on_scanned = [&](std::uint64_t done, std::uint64_t whole) {
    if (on_progress) on_progress({done, static_cast<double>(done) / static_cast<double>(whole)});
  };
  EVENTSTORE_TRY_ASSIGN(const auto found, eventstore::trace(store.log(), named.id, options, on_scanned));
  TracedEvents traced;
  for (const auto& node : found.nodes) {
    traced.events.push_back(described(node, found.nodes));
    traced.parents.push_back(node.parent);
  }
  traced.left_out = found.left_out;
  return traced;
}

}  // namespace eventstore::app
