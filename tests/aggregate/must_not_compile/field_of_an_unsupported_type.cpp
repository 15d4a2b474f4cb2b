// expect first: Opened.view: a field's type is a number of at most 64 bits, bool, std::string, eventstore::Bytes, Uuid,
// Timestamp or Json
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner), (std::string_view, view));
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
  static Decision create(const Open& c, const es::Context&) { return Opened{c.owner}; }
};

const es::AggregateType type = es::aggregate<Account>();
