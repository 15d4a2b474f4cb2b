// expect: evolve takes any event at all, so a new event would be passed over in silence: write one overload `static
// void evolve(State&, const Event&)` for each event instead of a template
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
  template <class E> static void evolve(State&, const E&) {}
  static Decision create(const Open& c, const es::Context&) { return Opened{c.owner}; }
};

const es::AggregateType type = es::aggregate<Account>();
