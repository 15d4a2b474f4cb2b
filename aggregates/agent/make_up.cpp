// Made-up agents, by the rules of decide.
#include <aggregates/agent/agent.hpp>
#include <aggregates/common/made_up.hpp>
#include <eventstore/aggregate/random.hpp>

namespace domain {
namespace {

using eventstore::Random;
using eventstore::Secret;
using Decision = Agent::Decision;

// The form of bcrypt; nobody knows a password for it.
Secret password_hash(Random& random) { return Secret{"$2b$12$" + made_up::letters(random, 53)}; }

AgentRegistered enrol(Random& random) {
  AgentRegistered event{};
  event.name = made_up::person_name(random);
  event.phone = made_up::phone(random);
  event.email = made_up::email(random);
  event.password_hash = password_hash(random);
  if (random.chance(8)) event.role = AgentRole::admin;
  return event;
}

AgentLocated somewhere(Random& random) {
  const auto place = made_up::place(random);
  return {place.coordinates.longitude, place.coordinates.latitude};
}

AgentPushSubscribed subscribe(Random& random) {
  auto address = "https://push.example.org/" + made_up::letters(random, 24);
  auto auth = made_up::letters(random, 22);
  return {Secret{std::move(address)}, Secret{std::move(auth)}, Secret{made_up::letters(random, 87)}};
}

AgentProfileChanged new_profile(Random& random) {
  AgentProfileChanged event{};
  if (random.chance(20)) event.name = made_up::person_name(random);
  if (random.chance(40)) event.phone = made_up::phone(random);
  if (random.chance(30) || (!event.name && !event.phone)) event.email = made_up::email(random);
  return event;
}

// None: the agent has left for good.
Decision when_inactive(Random& random) {
  const auto roll = random.below(100);
  if (roll < 30) return {};
  if (roll < 50) return AgentLoginFailed{"agent is not active"};
  return AgentActivated{made_up::sometimes(random, 60, "back from leave")};
}

}  // namespace

Agent::Decision Agent::make_up(Random& random, const State& state) {
  if (state.email.empty()) return enrol(random);
  if (!state.is_active) return when_inactive(random);
  const auto roll = random.below(100);
  if (roll < 45) return somewhere(random);
  if (roll < 75) return AgentLoggedIn{};
  if (roll < 80) return AgentLoginFailed{"wrong password"};
  if (roll < 84) return new_profile(random);
  if (roll < 86) return AgentPasswordChanged{password_hash(random)};
  if (roll < 88) return AgentRoleChanged{state.role == AgentRole::agent ? AgentRole::admin : AgentRole::agent};
  if (roll < 96) return state.push_subscription ? Decision{AgentPushUnsubscribed{}} : Decision{subscribe(random)};
  return AgentDeactivated{made_up::sometimes(random, 60, "on leave")};
}

}  // namespace domain
