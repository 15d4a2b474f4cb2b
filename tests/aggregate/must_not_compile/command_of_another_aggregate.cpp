// expect: not a command of this aggregate: add it to `commands`
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner));
};
struct Open {
  EVENTSTORE_COMMAND(Open, "open", (std::string, owner));
};
struct Close {
  EVENTSTORE_COMMAND(Close, "close");
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
};

es::Result<es::Executed> run(es::Repository<Account>& accounts) { return accounts.execute("ada", Close{}); }
