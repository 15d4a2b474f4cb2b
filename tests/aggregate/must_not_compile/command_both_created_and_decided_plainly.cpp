// expect: a command either opens a stream or needs one: keep create(const Command&, const Context&) or decide(const
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
struct Account : es::DeciderOf<"account", AccountState, es::Events<Opened>, es::Commands<Open>> {
  static void evolve(State& s, const Opened& e) { s.owner = e.owner; }
  static Decision create(const Open& c) { return Opened{c.owner}; }
  static Decision decide(const State&, const Open&) { return {}; }
};

const es::AggregateType type = es::aggregate<Account>();
