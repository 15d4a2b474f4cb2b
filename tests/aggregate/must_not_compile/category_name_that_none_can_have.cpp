// expect first: a category's name is 1 to 64 of a to z, 0 to 9 and _, as it stands before the `-` of its streams
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
struct Account : es::DeciderOf<"bank-account", AccountState, es::Events<Opened>, es::Commands<Open>> {
  static void evolve(State& s, const Opened& e) { s.owner = e.owner; }
  static Decision create(const Open& c) { return Opened{c.owner}; }
};

const es::AggregateType type = es::aggregate<Account>();
