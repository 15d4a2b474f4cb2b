// expect: a command that nothing decides: write `static Decision decide(const State&, const Command&, const
// es::Context&)`, or, if it opens the stream, `static Decision create(const Command&, const es::Context&)` in the
// aggregate
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
};

const es::AggregateType type = es::aggregate<Account>();
