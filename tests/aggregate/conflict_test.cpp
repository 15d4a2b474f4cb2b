// A rival that is always faster.
#include "aggregate/bank_test.hpp"
#include "aggregate/rival_log.hpp"

namespace conflict_test {

using namespace eventstore;
using namespace bank;

namespace {

struct Race {
  Bank bank;
  RivalLog log{bank.log};
  Repository<Account> accounts{log, bank.clock};
};

}  // namespace

TEST_CASE("a command that loses every race tries retries_max + 1 times and says so", "[repository][conflict]") {
  Race race;
  race.bank.run("ada", Open{"ada"});
  race.log.rival = [&] { race.bank.run("ada", Deposit{1}); };
  for (const unsigned retries : {0U, 1U, 5U}) {
    CAPTURE(retries);
    race.log.appends = 0;
    const auto executed = race.accounts.execute("ada", Deposit{100}, {.retries_max = retries});
    REQUIRE_FALSE(executed);
    CHECK(executed.error().code == Errc::wrong_version);
    REQUIRE(executed.error().conflicts.size() == 1);
    CHECK(executed.error().conflicts.front().stream == "account-ada");
    CHECK(race.log.appends == static_cast<int>(retries) + 1);
  }
  CHECK(race.bank.accounts.load("ada")->state.cents == 1 + 2 + 6);
}

TEST_CASE("a command that lost a race is decided again on what the rival left", "[repository][conflict]") {
  Race race;
  race.bank.run("ada", Open{"ada"});
  race.log.rival = [&] {
    if (race.log.appends == 1) race.bank.run("ada", Withdraw{400});
  };
  const auto refused = race.accounts.execute("ada", Withdraw{400});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::refused);
  CHECK(race.log.appends == 1);
  race.log.appends = 0;
  race.log.rival = [&] {
    if (race.log.appends <= 3) race.bank.run("ada", Deposit{1});
  };
  const auto executed = race.accounts.execute("ada", Deposit{100});
  REQUIRE(executed);
  CHECK(race.log.appends == 4);
  CHECK(executed->version == Version{6});
}

TEST_CASE("of two that open the same account one is refused", "[repository][conflict]") {
  Race race;
  race.log.rival = [&] {
    if (race.log.appends == 1) race.bank.run("ada", Open{"bob"});
  };
  const auto executed = race.accounts.execute("ada", Open{"ada"});
  REQUIRE_FALSE(executed);
  CHECK(executed.error().code == Errc::refused);
  CHECK(executed.error().refusal_code == "already_exists");
}

TEST_CASE("a rival that ran the very same command makes it a repeat", "[repository][conflict][repeat]") {
  Race race;
  race.bank.run("ada", Open{"ada"});
  const CommandOptions options{.command_id = command_number(1)};
  race.log.rival = [&] { race.bank.run("ada", Withdraw{500}, options); };
  const auto executed = race.accounts.execute("ada", Withdraw{500}, options);
  REQUIRE(executed);
  CHECK(executed->already_there);
  CHECK(*race.bank.log.head() == Position{2});
}

}  // namespace conflict_test
