#include "trace_events.hpp"

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

std::optional<Uuid> uuid_in(const std::string& text) {
  const auto id = Uuid::parse(text);
  return id ? std::optional{*id} : std::nullopt;
}

// The events of a course have its correlation id; the one that began it may have none, and then gave its own.
std::string correlation_of(const TraceNode& node) {
  const auto& metadata = node.metadata;
  return metadata.correlation_id.empty() ? metadata.event_id.to_string() : metadata.correlation_id;
}

}  // namespace

Result<TraceNode> TraceGatherer::read(Position position) const {
  TraceNode node;
  Result<void> read = failure(Error{Errc::not_found, "trace", {}, "no such event", position});
  const auto take = [&](const RecordedEvent& event) {
    node.stream = event.stream;
    node.type = event.type;
    node.version = event.version;
    node.position = event.position;
    read = metadata_into(event, node.metadata);
    return false;
  };
  EVENTSTORE_TRY(log_.visit_all({position, Direction::forward, 1, {}}, take));
  EVENTSTORE_TRY(std::move(read));
  return node;
}

Result<std::vector<Position>> TraceGatherer::add(const std::vector<Position>& positions, TraceRelation relation,
                                                 IsWanted is_wanted) {
  std::vector<Position> added;
  for (const auto position : positions) {
    if (events_.contains(position)) continue;
    EVENTSTORE_TRY_ASSIGN(auto node, read(position));
    if (!is_wanted(node)) continue;
    if (events_.size() >= events_max_) {
      left_out_.insert(position);
      continue;
    }
    node.relation = relation;
    events_.emplace(position, std::move(node));
    added.push_back(position);
  }
  return added;
}

Result<bool> TraceGatherer::has(const Uuid& id) const {
  for (const auto position : index_.with_id(id)) {
    EVENTSTORE_TRY_ASSIGN(const auto node, read(position));
    if (node.metadata.event_id.uuid == id) return true;
  }
  return false;
}

Result<void> TraceGatherer::add_asked(const EventId& id, const std::optional<StreamId>& stream) {
  const auto is_asked = [&](const TraceNode& node) {
    return node.metadata.event_id == id && (!stream || node.stream == stream->text());
  };
  EVENTSTORE_TRY_ASSIGN(asked_, add(index_.with_id(id.uuid), TraceRelation::asked, is_asked));
  if (!asked_.empty()) return {};
  return failure(Errc::not_found, "trace", id.to_string(),
                 stream
                     ? "the stream " + stream->text() + " has no event with this id; leave out --stream to look in all"
                     : "no event of the log has this id; find --correlation or --causation looks for other ids");
}

Result<void> TraceGatherer::add_causes() {
  for (auto open = asked_; !open.empty();) {
    const auto cause = uuid_in(events_.at(open.back()).metadata.causation_id);
    open.pop_back();
    if (!cause) continue;
    const auto is_cause = [&](const TraceNode& node) { return node.metadata.event_id.uuid == *cause; };
    EVENTSTORE_TRY_ASSIGN(const auto added, add(index_.with_id(*cause), TraceRelation::cause, is_cause));
    open.insert(open.end(), added.begin(), added.end());
  }
  return {};
}

Result<void> TraceGatherer::add_effects() {
  // Level by level, so that the nearest ones are within the limit.
  for (auto open = asked_; !open.empty();) {
    std::vector<Position> next;
    for (const auto position : open) {
      const auto id = events_.at(position).metadata.event_id.uuid;
      const auto is_effect = [&](const TraceNode& node) { return uuid_in(node.metadata.causation_id) == id; };
      EVENTSTORE_TRY_ASSIGN(const auto added, add(index_.caused_by(id), TraceRelation::effect, is_effect));
      next.insert(next.end(), added.begin(), added.end());
    }
    open = std::move(next);
  }
  return {};
}

Result<void> TraceGatherer::add_correlated() {
  for (const auto position : asked_) {
    const auto correlation = correlation_of(events_.at(position));
    const auto is_correlated = [&](const TraceNode& node) { return correlation_of(node) == correlation; };
    EVENTSTORE_TRY(add(index_.with_correlation(correlation), TraceRelation::correlated, is_correlated));
    if (const auto first = uuid_in(correlation))
      EVENTSTORE_TRY(add(index_.with_id(*first), TraceRelation::correlated, is_correlated));
  }
  return {};
}

Result<void> TraceGatherer::gather(const EventId& id, const std::optional<StreamId>& stream) {
  EVENTSTORE_TRY(add_asked(id, stream));
  EVENTSTORE_TRY(add_causes());
  EVENTSTORE_TRY(add_effects());
  return add_correlated();
}

}  // namespace v1
}  // namespace eventstore
