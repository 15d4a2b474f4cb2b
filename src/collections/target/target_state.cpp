#include "target_state.hpp"

#include "../code_named.hpp"

namespace eventstore::engine::target {

Checkpoint checkpoint_of(const CollectionState& state) {
  Checkpoint made{Position{state.position}, state.checksum, state.store_id, state.fingerprint, state.building};
  made.missed_events = state.missed_events;
  made.missed_last = Position{state.missed_last};
  for (const auto& each : state.passed_over)
    made.passed_over.push_back({each.category, each.type, Position{each.first}, each.events});
  if (state.begun) made.begun = Position{*state.begun};
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
