#include "target_state.hpp"

#include "../code_named.hpp"
#include "../content_digest.hpp"

#include <algorithm>

namespace eventstore::engine::target {

Checkpoint checkpoint_of(const CollectionState& state) {
  Checkpoint made{Position{state.position}, state.checksum, state.store_id, state.fingerprint, state.building};
  made.missed_events = state.missed_events;
  made.missed_last = Position{state.missed_last};
  for (const auto& each : state.passed_over)
    made.passed_over.push_back({each.category, each.type, Position{each.first}, each.events});
  if (state.begun) made.begun = Position{*state.begun};
  for (const auto& each : state.set_aside) ++(each.is_dropped ? made.set_aside.dropped : made.set_aside.open);
  return made;
}

void set_checkpoint(CollectionState& state, const Checkpoint& checkpoint) {
  state.position = checkpoint.position.value;
  state.checksum = checkpoint.checksum;
  state.store_id = checkpoint.store_id;
  state.missed_events = checkpoint.missed_events;
  state.missed_last = checkpoint.missed_last.value;
  state.passed_over.clear();
  for (const auto& each : checkpoint.passed_over)
    state.passed_over.push_back({each.category, each.type, each.first.value, each.events});
}

void note(CollectionState& state, const CollectionBatch& batch) {
  const auto forget = [&](Position position) {
    std::erase_if(state.set_aside, [&](const NotedSetAside& each) { return each.position == position.value; });
  };
  for (const auto position : batch.settled) forget(position);
  for (const auto& event : batch.set_aside) {
    forget(event.position);
    const auto& error = event.error;
    state.set_aside.push_back({event.position.value, event.stream, event.type, event.event_id, event.noted_at,
                               event.attempts, std::string{to_string(error.code)}, error.during, error.where,
                               error.detail, event.is_dropped});
  }
  std::sort(state.set_aside.begin(), state.set_aside.end(),
            [](const NotedSetAside& a, const NotedSetAside& b) { return a.position < b.position; });
  if (state.folded && state.folded->last == batch.from.value) {
    std::vector<TypeCount> all;
    for (const auto& each : state.folded->types) all.push_back({each.category, each.type, each.events});
    add_type_counts(all, batch.folded);
    state.folded->types.clear();
    for (const auto& each : all) state.folded->types.push_back({each.category, each.type, each.events});
    state.folded->last = batch.to.position.value;
  }
  if (batch.pace) state.pace = NotedPace{batch.pace->events_per_second, batch.pace->noted_at};
}

std::vector<SetAsideEvent> set_aside_events(const CollectionState& state) {
  std::vector<SetAsideEvent> events;
  for (const auto& each : state.set_aside) {
    const Position position{each.position};
    events.push_back({position, each.stream, each.type, each.event_id, each.noted_at, each.attempts,
                      Error{code_named(each.code), each.during, each.where, each.detail, position}, each.is_dropped});
  }
  return events;
}

Certificate certificate_of(const CollectionState& state) {
  auto made = engine::certificate_of(checkpoint_of(state), Position{state.folded ? state.folded->first : 1});
  if (!state.folded || state.folded->last != state.position) return made;
  made.events.emplace();
  for (const auto& each : state.folded->types) made.events->push_back({each.category, each.type, each.events});
  return made;
}

NotedTrouble noted(const Trouble& trouble) {
  const auto& error = trouble.error;
  return {trouble.passes, trouble.retries, trouble.position.value, trouble.noted_at, std::string{to_string(error.code)},
          error.during,   error.where,     error.detail,           error.at.value};
}

Trouble trouble_of(const NotedTrouble& noted) {
  Trouble made{};
  made.passes = noted.passes;
  made.retries = noted.retries;
  made.position = Position{noted.position};
  made.noted_at = noted.noted_at;
  made.error = Error{code_named(noted.code), noted.during, noted.where, noted.detail, Position{noted.at}};
  return made;
}

}  // namespace eventstore::engine::target
