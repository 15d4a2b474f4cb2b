// expect: not a command of this aggregate: add it to `commands`, or to the es::Commands<> of its DeciderOf
#include <eventstore/testing.hpp>

namespace es = eventstore;

struct Opened {
  EVENTSTORE_EVENT(Opened, (std::string, owner));
};
struct Open {
  EVENTSTORE_COMMAND(Open, (std::string, owner));
};
struct Close {
  EVENTSTORE_COMMAND(Close);
};
struct AccountState {
  EVENTSTORE_FIELDS(AccountState, (std::string, owner));
};
struct Account : es::DeciderOf<"account", AccountState, es::Events<Opened>, es::Commands<Open>> {
  static void evolve(State& s, const Opened& e) { s.owner = e.owner; }
  static Decision create(const Open& c) { return Opened{c.owner}; }
  static Decision decide(const State&, const Close&) { return es::refuse("never"); }
};

const auto verdict = es::testing::given<Account>(Opened{"ada"}).when(Close{}).is_refused();
