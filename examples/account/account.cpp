#include <eventstore/cli.hpp>
#include <eventstore/domain.hpp>
namespace es = eventstore;
using std::int64_t, std::string;

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (string, owner), (int64_t, limit, 500));
};
struct Deposited {
  EVENTSTORE_EVENT(Deposited, "MoneyDeposited", (int64_t, cents));
};
struct Withdrawn {
  EVENTSTORE_EVENT(Withdrawn, "MoneyWithdrawn", (int64_t, cents));
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

struct Account {
  static constexpr auto category = "account";
  using events = es::Events<Opened, Deposited, Withdrawn>;
  using commands = es::Commands<Open, Deposit, Withdraw>;
  using Decision = es::Decision<events>;
  struct State {
    EVENTSTORE_FIELDS(State, (int64_t, cents), (int64_t, limit), (es::Timestamp, opened_at));
  };
  static void evolve(State& s, const Opened& e, const es::Metadata& m) { s = {0, e.limit, m.created_at}; }
  static void evolve(State& s, const Deposited& e) { s.cents += e.cents; }
  static void evolve(State& s, const Withdrawn& e) { s.cents -= e.cents; }
  static Decision create(const Open& c, const es::Context&) { return Opened{.owner = c.owner}; }
  static Decision decide(const State&, const Deposit& c, const es::Context&) { return Deposited{c.cents}; }
  static Decision decide(const State& s, const Withdraw& c, const es::Context&) {
    if (c.cents > s.cents + s.limit) return es::refuse("not enough money");
    return Withdrawn{c.cents};
  }
};

struct Balances {
  static constexpr auto name = "balances";
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, cents));
  };
  using reads = es::Reads<Account>;
  using ignores = es::Ignores<Opened>;
  static void project(const Deposited&, const es::Change<Account>& c, es::Operations<Document>& to) {
    to.put(c.key, {c.after.cents});
  }
  static void project(const Withdrawn&, const es::Change<Account>& c, es::Operations<Document>& to) {
    to.put(c.key, {c.after.cents});
  }
};

int main(int argc, char** argv) {
  return es::cli::main(argc, argv, {{es::aggregate<Account>()}, {es::projection<Balances>()}});
}
