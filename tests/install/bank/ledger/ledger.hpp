#pragma once
// Somebody's aggregate, in its second release: `note` was added after events had been stored.
#include <eventstore/aggregate/aggregate_type.hpp>

namespace bank {

using std::int64_t, std::string;

struct Booked {
  EVENTSTORE_EVENT(Booked, "Booked", (int64_t, cents), (string, note, ""));
};
struct Open {
  EVENTSTORE_COMMAND(Open, "open", (int64_t, cents));
};

struct Ledger {
  static constexpr auto category = "ledger";
  using events = eventstore::Events<Booked>;
  using commands = eventstore::Commands<Open>;
  using Decision = eventstore::Decision<events>;
  struct State {
    EVENTSTORE_FIELDS(State, (int64_t, cents));
  };
  static void evolve(State& state, const Booked& event) { state.cents += event.cents; }
  static Decision create(const Open& command, const eventstore::Context&) { return Booked{.cents = command.cents}; }
};

}  // namespace bank
