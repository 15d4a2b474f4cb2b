// Any history is fact: nothing here checks a transition.
#include <aggregates/agent/agent.hpp>

namespace domain {

void Agent::evolve(State& state, const AgentRegistered& event) {
  state.name = event.name;
  state.phone = event.phone;
  state.email = event.email;
  state.password_hash = event.password_hash;
  state.role = event.role;
}

// A field that the event does not name keeps its value.
void Agent::evolve(State& state, const AgentProfileChanged& event) {
  if (event.name) state.name = *event.name;
  if (event.phone) state.phone = *event.phone;
  if (event.email) state.email = *event.email;
}

void Agent::evolve(State& state, const AgentPasswordChanged& event) { state.password_hash = event.password_hash; }

void Agent::evolve(State& state, const AgentRoleChanged& event) { state.role = event.role; }

void Agent::evolve(State& state, const AgentActivated&) { state.is_active = true; }

void Agent::evolve(State& state, const AgentDeactivated&) { state.is_active = false; }

// Numbers that were erased are 0, and 0, 0 is a place: an agent who was erased has none.
void Agent::evolve(State& state, const AgentLocated& event, const Metadata& metadata) {
  state.current_location.reset();
  if (!metadata.has_erased) state.current_location = Coordinates{event.longitude, event.latitude};
}

void Agent::evolve(State& state, const AgentPushSubscribed& event, const Metadata& metadata) {
  state.push_subscription.reset();
  if (!metadata.has_erased) state.push_subscription = PushSubscription{event.endpoint, event.auth, event.p256dh};
}

void Agent::evolve(State& state, const AgentPushUnsubscribed&) { state.push_subscription.reset(); }

void Agent::evolve(State& state, const AgentLoggedIn&, const Metadata& metadata) {
  state.last_login = metadata.created_at;
  ++state.login_count;
}

void Agent::evolve(State&, const AgentLoginFailed&) {}

}  // namespace domain
