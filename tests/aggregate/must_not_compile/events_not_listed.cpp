// expect: list the events: `using events = es::Events<First, Second>;`
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
  struct State {
    EVENTSTORE_FIELDS(State, (std::string, owner));
  };
  static void evolve(State& s, const Opened& e) { s.owner = e.owner; }
};

const es::AggregateType type = es::aggregate<Account>();
