#include <aggregates/agent/agent.hpp>
#include <aggregates/common/checks.hpp>
#include <aggregates/common/person_checks.hpp>

namespace domain {
namespace {

using eventstore::Refusal;
using eventstore::refuse;

std::optional<Refusal> check_agent(std::string_view name, std::string_view phone, std::string_view email) {
  if (auto problem = check_texts({{"name", name}})) return problem;
  if (auto problem = check_phone(phone)) return problem;
  return check_email(email);
}

}  // namespace

Agent::Decision Agent::create(const RegisterAgent& command) {
  if (auto problem = check_agent(command.name, command.phone, command.email)) return *problem;
  if (auto problem = check_password_hash(command.password_hash.reveal())) return *problem;
  return AgentRegistered{command.name, command.phone, command.email, command.password_hash, command.role};
}

Agent::Decision Agent::decide(const State& state, const ChangeAgentProfile& command) {
  if (!command.name && !command.phone && !command.email)
    return refuse("nothing_to_change", "give a name, a phone or an email");
  if (command.name)
    if (auto problem = check_texts({{"name", *command.name}})) return *problem;
  if (command.phone)
    if (auto problem = check_phone(*command.phone)) return *problem;
  if (command.email)
    if (auto problem = check_email(*command.email)) return *problem;
  const AgentProfileChanged event{command.name, command.phone, command.email};
  auto after = state;
  evolve(after, event);
  if (after == state) return {};
  return event;
}

Agent::Decision Agent::decide(const State& state, const ChangeAgentPassword& command) {
  if (auto problem = check_password_hash(command.password_hash.reveal())) return *problem;
  if (state.password_hash == command.password_hash) return {};
  return AgentPasswordChanged{command.password_hash};
}

Agent::Decision Agent::decide(const State& state, const ChangeAgentRole& command) {
  if (state.role == command.role) return {};
  return AgentRoleChanged{command.role};
}

Agent::Decision Agent::decide(const State& state, const ActivateAgent& command) {
  if (state.is_active) return {};
  return AgentActivated{command.reason};
}

Agent::Decision Agent::decide(const State& state, const DeactivateAgent& command) {
  if (!state.is_active) return {};
  return AgentDeactivated{command.reason};
}

Agent::Decision Agent::decide(const State& state, const LocateAgent& command) {
  if (auto problem = check_coordinates(command.longitude, command.latitude)) return *problem;
  if (state.current_location == Coordinates{command.longitude, command.latitude}) return {};
  return AgentLocated{command.longitude, command.latitude};
}

Agent::Decision Agent::decide(const State& state, const SubscribeAgentPush& command) {
  if (!command.endpoint.reveal().starts_with("https://"))
    return refuse("bad_endpoint", "endpoint is an address that begins with https://");
  if (auto problem = check_texts({{"auth", command.auth.reveal()}, {"p256dh", command.p256dh.reveal()}}))
    return *problem;
  if (state.push_subscription == PushSubscription{command.endpoint, command.auth, command.p256dh}) return {};
  return AgentPushSubscribed{command.endpoint, command.auth, command.p256dh};
}

Agent::Decision Agent::decide(const State& state, const UnsubscribeAgentPush&) {
  if (!state.push_subscription) return {};
  return AgentPushUnsubscribed{};
}

Agent::Decision Agent::decide(const State& state, const LogAgentIn&) {
  if (!state.is_active) return refuse("agent_inactive", "an agent that is not active cannot log in");
  return AgentLoggedIn{};
}

Agent::Decision Agent::decide(const State&, const FailAgentLogin& command) {
  if (auto problem = check_texts({{"reason", command.reason}})) return *problem;
  return AgentLoginFailed{command.reason};
}

}  // namespace domain
