// Any history is fact: nothing here checks a transition.
#include <aggregates/api_key/api_key.hpp>

#include <algorithm>

namespace domain {

void ApiKey::evolve(State& state, const ApiKeyIssued& event) {
  if (state.issued) return;
  state.issued = true;
  state.key_hash = event.key_hash;
  state.key_prefix = event.key_prefix;
  state.name = event.name;
  state.description = event.description;
  state.environment = event.environment;
  state.permissions = event.permissions;
  state.rate_limit = event.rate_limit;
  state.created_by = event.created_by;
}

// A field that the event does not name keeps its value.
void ApiKey::evolve(State& state, const ApiKeyChanged& event) {
  if (event.name) state.name = *event.name;
  if (event.description) state.description = event.description;
  if (event.permissions) state.permissions = *event.permissions;
  if (event.rate_limit) state.rate_limit = *event.rate_limit;
}

void ApiKey::evolve(State& state, const ApiKeyRotated& event) {
  state.key_hash = event.key_hash;
  state.key_prefix = event.key_prefix;
}

void ApiKey::evolve(State& state, const ApiKeyRevoked&) { state.is_active = false; }

void ApiKey::evolve(State& state, const ApiKeyRestored&) { state.is_active = true; }

void ApiKey::evolve(State& state, const ApiKeyUsed& event, const Metadata& metadata) {
  state.usage_count += event.requests;
  state.last_used_at = std::max(state.last_used_at, std::optional{event.last_used_at});
  state.used_at = std::max(state.used_at, std::optional{metadata.created_at});
}

}  // namespace domain
