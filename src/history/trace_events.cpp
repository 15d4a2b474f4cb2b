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
  std::vector<Position> wanted;
  for (const auto position : positions) {
    if (const auto known = events_.find(position); known != events_.end()) {
      if (is_wanted(known->second)) wanted.push_back(position);
      continue;
    }
    EVENTSTORE_TRY_ASSIGN(auto node, read(position));
    if (!is_wanted(node)) continue;
    if (events_.size() >= events_max_) {
      left_out_.insert(position);
      continue;
    }
    node.relation = relation;
    events_.emplace(position, std::move(node));
    wanted.push_back(position);
  }
  return wanted;
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

Result<void> TraceGatherer::follow(TraceRelation relation, Neighbours neighbours) {
  // Level by level, so that the nearest ones are within the limit. On a loop, causes are effects too.
  std::set<Position> seen{asked_.begin(), asked_.end()};
  for (auto open = asked_; !open.empty();) {
    std::vector<Position> next;
    for (const auto position : open) {
      EVENTSTORE_TRY_ASSIGN(const auto found, neighbours(events_.at(position), relation));
      for (const auto each : found)
        if (seen.insert(each).second) next.push_back(each);
    }
    open = std::move(next);
  }
  return {};
}

Result<std::vector<Position>> TraceGatherer::add_causes_of(const TraceNode& node, TraceRelation relation) {
  const auto id = uuid_in(node.metadata.causation_id);
  if (!id) return std::vector<Position>{};
  return add(index_.with_id(*id), relation,
             [&](const TraceNode& other) { return other.metadata.event_id.uuid == *id; });
}

Result<std::vector<Position>> TraceGatherer::add_effects_of(const TraceNode& node, TraceRelation relation) {
  const auto id = node.metadata.event_id.uuid;
  return add(index_.caused_by(id), relation,
             [&](const TraceNode& other) { return uuid_in(other.metadata.causation_id) == id; });
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
  EVENTSTORE_TRY(follow(TraceRelation::cause,
                        [&](const TraceNode& node, TraceRelation relation) { return add_causes_of(node, relation); }));
  EVENTSTORE_TRY(follow(TraceRelation::effect,
                        [&](const TraceNode& node, TraceRelation relation) { return add_effects_of(node, relation); }));
  return add_correlated();
}

}  // namespace v1
}  // namespace eventstore
