#pragma once
// An agent: somebody who delivers, talks to contacts or administers. It is active from its registration on, until it is
// deactivated, and again when it is activated.
//
// Rules that the requirements leave open:
// - an agent that is not active does not log in, and gets no delivery (delivery.hpp); its profile, its password and its
//   role may change, and a failed login is recorded, because it is news of those who should be out most of all;
// - no two agents of an organization have one email or one phone, active or not;
// - a command that names the present profile, password, role, place or subscription changes nothing;
// - a new push subscription replaces the old one;
// - history is fact: what comes before the registration takes effect at once, and the registration does not activate
//   an agent that was deactivated before it.
#include <aggregates/agent/commands.hpp>
#include <aggregates/agent/state.hpp>
#include <eventstore/aggregate/decider_of.hpp>
#include <eventstore/aggregate/unique.hpp>

#include <tuple>

namespace domain {

struct Agent : eventstore::DeciderOf<
                   "agent", AgentState,
                   eventstore::Events<AgentRegistered, AgentProfileChanged, AgentPasswordChanged, AgentRoleChanged,
                                      AgentActivated, AgentDeactivated, AgentLocated, AgentPushSubscribed,
                                      AgentPushUnsubscribed, AgentLoggedIn, AgentLoginFailed>,
                   eventstore::Commands<RegisterAgent, ChangeAgentProfile, ChangeAgentPassword, ChangeAgentRole,
                                        ActivateAgent, DeactivateAgent, LocateAgent, SubscribeAgentPush,
                                        UnsubscribeAgentPush, LogAgentIn, FailAgentLogin>> {
  static constexpr auto collection = "agents";
  static constexpr auto unique = std::tuple{eventstore::unique<&AgentState::email>(eventstore::lower_case),
                                            eventstore::unique<&AgentState::phone>(eventstore::e164)};

  static void evolve(State& state, const AgentRegistered& event);
  static void evolve(State& state, const AgentProfileChanged& event);
  static void evolve(State& state, const AgentPasswordChanged& event);
  static void evolve(State& state, const AgentRoleChanged& event);
  static void evolve(State& state, const AgentActivated& event);
  static void evolve(State& state, const AgentDeactivated& event);
  static void evolve(State& state, const AgentLocated& event, const Metadata& metadata);
  static void evolve(State& state, const AgentPushSubscribed& event, const Metadata& metadata);
  static void evolve(State& state, const AgentPushUnsubscribed& event);
  static void evolve(State& state, const AgentLoggedIn& event, const Metadata& metadata);
  static void evolve(State& state, const AgentLoginFailed& event);

  static Decision create(const RegisterAgent& command);
  static Decision decide(const State& state, const ChangeAgentProfile& command);
  static Decision decide(const State& state, const ChangeAgentPassword& command);
  static Decision decide(const State& state, const ChangeAgentRole& command);
  static Decision decide(const State& state, const ActivateAgent& command);
  static Decision decide(const State& state, const DeactivateAgent& command);
  static Decision decide(const State& state, const LocateAgent& command);
  static Decision decide(const State& state, const SubscribeAgentPush& command);
  static Decision decide(const State& state, const UnsubscribeAgentPush& command);
  static Decision decide(const State& state, const LogAgentIn& command);
  static Decision decide(const State& state, const FailAgentLogin& command);

  static Decision make_up(Random& random, const State& state);
};

}  // namespace domain
