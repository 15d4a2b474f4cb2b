// expect: give the events as a list: `es::Events<First, Second>`
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

struct Opened {
  EVENTSTORE_EVENT(Opened, (std::string, owner));
};
struct Open {
  EVENTSTORE_COMMAND(Open, (std::string, owner));
};
struct AccountState {
  EVENTSTORE_FIELDS(AccountState, (std::string, owner));
};
struct Account : es::DeciderOf<"account", AccountState, es::Commands<Open>, es::Events<Opened>> {
  static void evolve(State& s, const Opened& e) { s.owner = e.owner; }
  static Decision create(const Open& c) { return Opened{c.owner}; }
};

const es::AggregateType type = es::aggregate<Account>();
