#pragma once
// Aggregates whose decisions rest on each other: jobs go to active agents, and agents say how much they take.
#include <eventstore/aggregate/commit.hpp>
#include <optional>

namespace dispatch {

namespace es = eventstore;
using std::int64_t, std::string;

struct Hired {
  EVENTSTORE_EVENT(Hired, "AgentHired", (string, name));
};
struct Deactivated {
  EVENTSTORE_EVENT(Deactivated, "AgentDeactivated");
};
struct Activated {
  EVENTSTORE_EVENT(Activated, "AgentActivated");
};
struct JobTaken {
  EVENTSTORE_EVENT(JobTaken, "AgentJobTaken", (string, job));
};
struct Hire {
  EVENTSTORE_COMMAND(Hire, (string, name));
};
struct Deactivate {
  EVENTSTORE_COMMAND(Deactivate);
};
struct Activate {
  EVENTSTORE_COMMAND(Activate);
};

struct AgentState {
  EVENTSTORE_FIELDS(AgentState, (string, name), (bool, active), (int64_t, jobs));
};

struct Agent : es::DeciderOf<"agent", AgentState, es::Events<Hired, Deactivated, Activated, JobTaken>,
                             es::Commands<Hire, Deactivate, Activate>> {
  static constexpr auto was = es::was("courier");

  static void evolve(State& state, const Hired& event) { state = {event.name, true, 0}; }
  static void evolve(State& state, const Deactivated&) { state.active = false; }
  static void evolve(State& state, const Activated&) { state.active = true; }
  static void evolve(State& state, const JobTaken&) { ++state.jobs; }

  static Decision create(const Hire& command) { return Hired{command.name}; }
  static Decision decide(const State& state, const Deactivate&) {
    if (!state.active) return {};
    return Deactivated{};
  }
  static Decision decide(const State& state, const Activate&) {
    if (state.active) return {};
    return Activated{};
  }
};

struct Posted {
  EVENTSTORE_EVENT(Posted, "JobPosted", (string, customer));
};
struct Assigned {
  EVENTSTORE_EVENT(Assigned, "JobAssigned", (string, agent));
};
struct Noted {
  EVENTSTORE_EVENT(Noted, "LedgerNoted", (string, text));
};
struct Ledger : es::CategoryOf<"ledger", es::Events<Noted>> {
  struct State {
    EVENTSTORE_FIELDS(State, (int64_t, notes));
  };
  static void evolve(State& state, const Noted&) { ++state.notes; }
};

struct Post {
  EVENTSTORE_COMMAND(Post, (string, customer));
};
struct Assign {
  EVENTSTORE_COMMAND(Assign, (string, agent));
};
/// To the first of them who is active.
struct AssignOne {
  EVENTSTORE_COMMAND(AssignOne, (std::vector<string>, agents));
};
struct PostFor {
  EVENTSTORE_COMMAND(PostFor, (string, customer), (std::optional<string>, agent));
};
/// From who has the job to somebody else.
struct HandOver {
  EVENTSTORE_COMMAND(HandOver, (string, to));
};
struct Follow {
  EVENTSTORE_COMMAND(Follow, (string, job));
};
struct Note {
  EVENTSTORE_COMMAND(Note, (string, ledger), (string, text));
};
struct Peek {
  EVENTSTORE_COMMAND(Peek, (string, agent));
};

struct JobState {
  EVENTSTORE_FIELDS(JobState, (string, customer), (string, agent));
};

struct Job : es::DeciderOf<"job", JobState, es::Events<Posted, Assigned>,
                           es::Commands<Post, Assign, AssignOne, PostFor, HandOver, Follow, Note, Peek>> {
  static void evolve(State& state, const Posted& event) { state = {event.customer, {}}; }
  static void evolve(State& state, const Assigned& event) { state.agent = event.agent; }

  static Decision create(const Post& command) { return Posted{command.customer}; }

  static auto keys(const Assign& command) { return command.agent; }
  static Decision decide(const State& state, const Assign& command, const es::Others<Agent>& others) {
    const auto* const agent = others.find<Agent>(command.agent);
    if (agent == nullptr) return es::refuse("nobody", "there is no such agent");
    if (!agent->active) return es::refuse("inactive", "the agent is not active");
    if (state.agent == command.agent) return {};
    return es::commit(Assigned{command.agent}).also<Agent>(command.agent, JobTaken{"a job"});
  }

  static auto keys(const AssignOne& command) { return command.agents; }
  static Decision decide(const State&, const AssignOne& command, const es::Others<Agent>& others,
                         const Context& context) {
    for (const auto& key : command.agents)
      if (const auto* const agent = others.find<Agent>(key); agent != nullptr && agent->active)
        return es::commit(Assigned{key}).also<Agent>(key, JobTaken{string{context.stream.key()}});
    return es::refuse("all", "none of them is active");
  }

  static es::Keys<Agent> keys(const PostFor& command) { return command.agent; }
  static Decision create(const PostFor& command, const es::Others<Agent>& others) {
    if (!command.agent) return Posted{command.customer};
    if (others.find<Agent>(*command.agent) == nullptr) return es::refuse("there is no such agent");
    return {Posted{command.customer}, Assigned{*command.agent}};
  }

  static auto keys(const State& state, const HandOver& command) { return std::vector{state.agent, command.to}; }
  static Decision decide(const State& state, const HandOver& command, const es::Others<Agent>& others) {
    const auto* const to = others.find<Agent>(command.to);
    if (others.find<Agent>(state.agent) == nullptr || to == nullptr) return es::refuse("there is no such agent");
    return es::commit(Assigned{command.to}).also<Agent>(command.to, JobTaken{"handed over"});
  }

  /// Goes to whom the other job went to.
  static auto keys(const State*, const Follow& command, const Context&) {
    return es::Keys<Job, Ledger>{command.job, "follows"};
  }
  static Decision decide(const State* state, const Follow& command, const es::Others<Ledger, Job>& others) {
    const auto* const job = others.find<Job>(command.job);
    if (job == nullptr) return es::refuse("there is no such job");
    if (state != nullptr && state->agent == job->agent) return {};
    const auto* const ledger = others.find<Ledger>("follows");
    const auto number = ledger == nullptr ? 1 : ledger->notes + 1;
    return es::commit(Assigned{job->agent}).also<Ledger>("follows", Noted{std::to_string(number)});
  }

  static Decision decide(const State*, const Note& command) {
    return es::commit().also<Ledger>(command.ledger, Noted{command.text}, Noted{command.text + " again"});
  }

  /// Looks at somebody whom keys does not name.
  static auto keys(const Peek&) { return "somebody else"; }
  static Decision decide(const State&, const Peek& command, const es::Others<Agent>& others) {
    if (others.find<Agent>(command.agent) == nullptr) return es::refuse("there is no such agent");
    return {};
  }
};

}  // namespace dispatch
