// expect: two overloads of keys take this command: keep one
#include <eventstore/aggregate/commit.hpp>

namespace es = eventstore;

struct Hired {
  EVENTSTORE_EVENT(Hired, (std::string, name));
};
struct AgentState {
  EVENTSTORE_FIELDS(AgentState, (std::string, name));
};
struct Agent : es::AggregateOf<"agent", AgentState, es::Events<Hired>> {
  static void evolve(State& s, const Hired& e) { s.name = e.name; }
};
struct Moved {
  EVENTSTORE_EVENT(Moved, (std::string, to));
};
struct CustomerState {
  EVENTSTORE_FIELDS(CustomerState, (std::string, address));
};
struct Customer : es::AggregateOf<"customer", CustomerState, es::Events<Moved>> {
  static void evolve(State& s, const Moved& e) { s.address = e.to; }
};

struct Assigned {
  EVENTSTORE_EVENT(Assigned, (std::string, agent));
};
struct Assign {
  EVENTSTORE_COMMAND(Assign, (std::string, agent));
};
struct JobState {
  EVENTSTORE_FIELDS(JobState, (std::string, agent));
};
struct Job : es::DeciderOf<"job", JobState, es::Events<Assigned>, es::Commands<Assign>> {
  static void evolve(State& s, const Assigned& e) { s.agent = e.agent; }
  static auto keys(const Assign& c) { return c.agent; }
  static auto keys(const State& s, const Assign&) { return s.agent; }
  static Decision decide(const State&, const Assign& c, const es::Others<Agent>&) { return Assigned{c.agent}; }
};

const es::AggregateType type = es::aggregate<Job>();
