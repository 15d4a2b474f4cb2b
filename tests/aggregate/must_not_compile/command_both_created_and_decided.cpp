// expect: a command either opens a stream or needs one: keep create(const Command&, const Context&) or decide(const
// State&, const Command&, const Context&), not both
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner));
};
struct Open {
  EVENTSTORE_COMMAND(Open, "open", (std::string, owner));
};
struct Account {
  static constexpr auto category = "account";
  using events = es::Events<Opened>;
  using commands = es::Commands<Open>;
  using Decision = es::Decision<events>;
  struct State {
    EVENTSTORE_FIELDS(State, (std::string, owner));
  };
  static void evolve(State& s, const Opened& e) { s.owner = e.owner; }
  static Decision create(const Open& c, const es::Context&) { return Opened{c.owner}; }
  static Decision decide(const State&, const Open&, const es::Context&) { return {}; }
};

const es::AggregateType type = es::aggregate<Account>();
