// expect: declare the state: `struct State { EVENTSTORE_FIELDS(State, (type, field)...); };`
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
  static Decision create(const Open& c, const es::Context&) { return Opened{c.owner}; }
};

static_assert(es::check_aggregate<Account>());
