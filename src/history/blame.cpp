#include <eventstore/aggregate/first_state.hpp>
#include <eventstore/core/detail/guarded.hpp>
#include <eventstore/history/blame.hpp>

#include "blame_tree.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

// Applies each step's changes to `tree`.
Result<void> grow(const EventLog& log, const SchemaReader& schemas, const AggregateType& type, const StreamId& stream,
                  Version last, BlameTree& tree) {
  Result<void> grown;
  const auto apply = [&](const Step& step) {
    const auto differences = differences_of(type.state_schema->type, changes_of(step));
    grown = differences ? tree.apply(*differences, step.event.version) : tl::make_unexpected(differences.error());
    return grown.has_value();
  };
  EVENTSTORE_TRY(each_step(log, schemas, type, stream, {.last = last}, apply));
  return grown;
}

// The events that the values name, of those that are there.
Result<void> add_events(const EventLog& log, const StreamId& stream, Blame& to) {
  for (const auto& value : to.values)
    if (value.version > to.dropped) to.events.try_emplace(value.version);
  if (to.events.empty()) return {};
  auto next = to.events.begin()->first;
  const auto last = to.events.rbegin()->first;
  Result<void> added;
  const auto look = [&](const RecordedEvent& event) {
    next = event.version.next();
    if (const auto found = to.events.find(event.version); found != to.events.end()) {
      auto metadata = metadata_of(event);
      if (!metadata) {
        added = tl::make_unexpected(metadata.error());
        return false;
      }
      found->second = {event.id,         std::string{event.type}, event.position,
                       event.created_at, event.recorded_at,       std::move(metadata->user_id)};
    }
    return event.version < last;
  };
  for (bool more = true; more && added;) {
    EVENTSTORE_TRY_ASSIGN(const Visited visited, log.visit_stream(stream, {next, Direction::forward, no_limit}, look));
    more = !visited.at_end && next <= last;
  }
  return added;
}

}  // namespace

Result<Blame> blame(const EventLog& log, const SchemaReader& schemas, const AggregateType& type, const StreamId& stream,
                    const Moment& moment, const StatePath& within, BlameDepth depth) {
  return detail::guarded("blame", stream.text(), [&]() -> Result<Blame> {
    EVENTSTORE_TRY_ASSIGN(const auto found, version_at(log, stream, moment));
    EVENTSTORE_TRY_ASSIGN(const auto begin, first_state(log, schemas, type, stream, found.version));
    EVENTSTORE_TRY_ASSIGN(const auto json, state_json(type, *begin));
    JsonDocument document;
    EVENTSTORE_TRY_ASSIGN(const auto root, document.parse(json));
    BlameTree tree{type.state_schema->type, root, begin->version, depth};
    EVENTSTORE_TRY(grow(log, schemas, type, stream, found.version, tree));
    Blame blamed{found.version, begin->version};
    EVENTSTORE_TRY_ASSIGN(blamed.values, tree.values(within));
    EVENTSTORE_TRY(add_events(log, stream, blamed));
    return blamed;
  });
}

}  // namespace v1
}  // namespace eventstore
