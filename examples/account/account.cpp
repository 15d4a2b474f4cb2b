#include <eventstore/cli.hpp>
#include <eventstore/domain.hpp>
namespace es = eventstore;
using std::int64_t, std::string;

struct AccountOpened {
  EVENTSTORE_EVENT(AccountOpened, (string, owner), (int64_t, limit, 500));
};
struct MoneyDeposited {
  EVENTSTORE_EVENT(MoneyDeposited, (int64_t, cents));
};
struct MoneyWithdrawn {
  EVENTSTORE_EVENT(MoneyWithdrawn, (int64_t, cents));
};
struct Open {
  EVENTSTORE_COMMAND(Open, (string, owner));
};
struct Deposit {
  EVENTSTORE_COMMAND(Deposit, (int64_t, cents));
};
struct Withdraw {
  EVENTSTORE_COMMAND(Withdraw, (int64_t, cents));
};

struct AccountState {
  EVENTSTORE_FIELDS(AccountState, (int64_t, cents), (int64_t, limit), (es::Timestamp, opened_at));
};

struct Account : es::DeciderOf<"account", AccountState, es::Events<AccountOpened, MoneyDeposited, MoneyWithdrawn>,
                               es::Commands<Open, Deposit, Withdraw>> {
  static void evolve(State& s, const AccountOpened& e, const Metadata& m) { s = {0, e.limit, m.created_at}; }
  static void evolve(State& s, const MoneyDeposited& e) { s.cents += e.cents; }
  static void evolve(State& s, const MoneyWithdrawn& e) { s.cents -= e.cents; }
  static Decision create(const Open& c) { return AccountOpened{.owner = c.owner}; }
  static Decision decide(const State&, const Deposit& c) { return MoneyDeposited{c.cents}; }
  static Decision decide(const State& s, const Withdraw& c) {
    if (c.cents > s.cents + s.limit) return es::refuse("not enough money");
    return MoneyWithdrawn{c.cents};
  }
  static void measure(const MoneyDeposited& e, Measurements& to) {
    to.add("cents_deposited", static_cast<double>(e.cents));
  }
};

struct Balances {
  static constexpr auto name = "balances";
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, cents));
  };
  using reads = es::Reads<Account>;
  using ignores = es::Ignores<AccountOpened>;
  static void project(const MoneyDeposited&, const es::Change<Account>& c, es::Operations<Document>& to) {
    to.put(c.key, {c.after.cents});
  }
  static void project(const MoneyWithdrawn&, const es::Change<Account>& c, es::Operations<Document>& to) {
    to.put(c.key, {c.after.cents});
  }
};

int main(int argc, char** argv) {
  return es::cli::main(argc, argv,
                       {{es::aggregate<Account>()},
                        {es::projection<Balances>(), es::documents<Account>("accounts"), es::audit_logs(),
                         es::analytics(), es::events()}});
}
