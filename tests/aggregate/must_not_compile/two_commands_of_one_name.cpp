// expect first: two commands of the aggregate have one name, so the first would run in place of the second: rename
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

struct Opened {
  EVENTSTORE_EVENT(Opened, (std::string, owner));
};
struct Open {
  EVENTSTORE_COMMAND(Open, (std::string, owner));
};
struct Reopen {
  EVENTSTORE_COMMAND(Reopen, "open", (std::string, reason));
};
struct AccountState {
  EVENTSTORE_FIELDS(AccountState, (std::string, owner));
};
struct Account : es::DeciderOf<"account", AccountState, es::Events<Opened>, es::Commands<Open, Reopen>> {
  static void evolve(State& s, const Opened& e) { s.owner = e.owner; }
  static Decision create(const Open& c) { return Opened{c.owner}; }
  static Decision decide(const State&, const Reopen& c) { return Opened{c.reason}; }
};

const es::AggregateType type = es::aggregate<Account>();
