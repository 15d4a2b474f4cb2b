#pragma once
// The aggregate that the tests of this layer work with.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <stdexcept>

namespace bank {

namespace es = eventstore;
using std::int64_t, std::string;

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (string, owner), (int64_t, limit, 500));
  static constexpr std::string_view audit_action = "open";
};
struct Deposited {
  EVENTSTORE_EVENT(Deposited, "MoneyDeposited", (int64_t, cents));
};
struct Withdrawn {
  EVENTSTORE_EVENT(Withdrawn, "MoneyWithdrawn", (int64_t, cents));
};
struct Cursed {
  EVENTSTORE_EVENT(Cursed, "AccountCursed", (bool, with_int));
};

struct Open {
  EVENTSTORE_COMMAND(Open, "open", (string, owner));
};
struct Deposit {
  EVENTSTORE_COMMAND(Deposit, "deposit", (int64_t, cents));
};
struct Withdraw {
  EVENTSTORE_COMMAND(Withdraw, "withdraw", (int64_t, cents));
};
/// Takes what there is and puts it back: two events, or none where there is nothing.
struct Shake {
  EVENTSTORE_COMMAND(Shake, "shake");
};
struct Curse {
  EVENTSTORE_COMMAND(Curse, "curse", (string, how));
};

struct Account {
  static constexpr auto category = "account";
  using events = es::Events<Opened, Deposited, Withdrawn, Cursed>;
  using commands = es::Commands<Open, Deposit, Withdraw, Shake, Curse>;
  using Decision = es::Decision<events>;
  struct State {
    EVENTSTORE_FIELDS(State, (int64_t, cents), (int64_t, limit), (es::Timestamp, opened_at), (string, opened_by));
  };

  static void evolve(State& s, const Opened& e, const es::Metadata& m) { s = {0, e.limit, m.created_at, m.user_id}; }
  static void evolve(State& s, const Deposited& e) { s.cents += e.cents; }
  static void evolve(State& s, const Withdrawn& e) { s.cents -= e.cents; }
  static void evolve(State&, const Cursed& e) {
    if (e.with_int) throw 13;
    throw std::runtime_error{"cursed"};
  }

  static Decision create(const Open& c, const es::Context&) {
    if (c.owner.empty()) return es::refuse("nameless", "an account has an owner");
    return Opened{.owner = c.owner};
  }
  static Decision decide(const State&, const Deposit& c, const es::Context&) { return Deposited{c.cents}; }
  static Decision decide(const State& s, const Withdraw& c, const es::Context&) {
    if (c.cents > s.cents + s.limit) return es::refuse("not enough money");
    return Withdrawn{c.cents};
  }
  static Decision decide(const State& s, const Shake&, const es::Context&) {
    if (s.cents == 0) return {};
    return {Withdrawn{s.cents}, Deposited{s.cents}};
  }
  static Decision decide(const State&, const Curse& c, const es::Context&) {
    if (c.how == "int") throw 13;
    if (c.how == "later") return Cursed{false};
    throw std::runtime_error{"cursed"};
  }

  static void measure(const Deposited& e, es::Measurements& to) { to.add("deposits", static_cast<double>(e.cents)); }
  static void measure(const Withdrawn& e, const State& before, const State& after, es::Measurements& to) {
    to.add("withdrawals", static_cast<double>(e.cents), {{"from", std::to_string(before.cents)}},
           {{"to", std::to_string(after.cents)}});
  }
  static Decision make_up(es::Random& random, const State& state) {
    if (state.opened_at == es::Timestamp{}) return Opened{.owner = "sampled"};
    if (state.cents > 1000) return {};
    return Deposited{random.between(1, 1000)};
  }
};

}  // namespace bank
