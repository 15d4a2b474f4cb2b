#include <eventstore/testing/given.hpp>

#include <catch2/catch.hpp>
#include <sstream>

#include "aggregate/account.hpp"

namespace given_test {

using namespace eventstore;
using namespace bank;
using testing::given;

namespace {

std::string found(const testing::Verdict& verdict) {
  std::ostringstream out;
  out << verdict;
  return out.str();
}

}  // namespace

TEST_CASE("a verdict holds where the decision is the one that was expected", "[given]") {
  const Opened opened{"ada", 500};
  CHECK(given<Account>().when(Open{"ada"}).is(opened));
  CHECK(given<Account>(opened).when(Deposit{5}).is(Deposited{5}));
  CHECK(given<Account>(opened, Deposited{5}).when(Shake{}).is(Withdrawn{5}, Deposited{5}));
  CHECK(given<Account>(opened).when(Shake{}).is_nothing());
  CHECK(given<Account>(opened).when(Withdraw{501}).is_refused("not enough money"));
  CHECK(given<Account>(opened).when(Withdraw{501}).is_refused());
  CHECK(found(given<Account>(opened).when(Shake{}).is_nothing()) == "holds");
}

TEST_CASE("a verdict that does not hold says what was expected and what was found", "[given]") {
  const auto deposit = given<Account>(Opened{"ada", 500}).when(Deposit{5});
  CHECK(found(deposit.is(Deposited{6})) == R"(expected MoneyDeposited {"cents":6}, found MoneyDeposited {"cents":5})");
  CHECK(found(deposit.is(Deposited{5}, Withdrawn{1})) ==
        R"(expected MoneyDeposited {"cents":5}, MoneyWithdrawn {"cents":1}, found MoneyDeposited {"cents":5})");
  CHECK(found(deposit.is(Withdrawn{5})) == R"(expected MoneyWithdrawn {"cents":5}, found MoneyDeposited {"cents":5})");
  CHECK(found(deposit.is_nothing()) == R"(expected nothing, found MoneyDeposited {"cents":5})");
  CHECK(found(deposit.is_refused()) == R"(expected a refusal, found MoneyDeposited {"cents":5})");
  const auto refused = given<Account>(Opened{"ada", 500}).when(Withdraw{501});
  CHECK(found(refused.is(Withdrawn{501})) ==
        R"(expected MoneyWithdrawn {"cents":501}, found the refusal "not enough money")");
  CHECK(found(refused.is_refused("no")) == R"(expected the refusal "no", found the refusal "not enough money")");
  CHECK(found(given<Account>(Opened{"ada", 500}).when(Shake{}).is_refused("no")) ==
        R"(expected the refusal "no", found nothing)");
}

TEST_CASE("the state is there before and after the command", "[given]") {
  const auto history = given<Account>(Opened{"ada", 500}).and_then(Deposited{5});
  CHECK(history.state().cents == 5);
  CHECK(history.when(Withdraw{2}).state().cents == 3);
  CHECK(history.when(Withdraw{900}).state().cents == 5);
}

TEST_CASE("who asks and when reach the events, in whichever order they are said", "[given]") {
  const Timestamp noon{1'000'000};
  const Account::State wanted{0, 500, noon, "teller"};
  CHECK(given<Account>().at(noon).by({.user_id = "teller"}).when(Open{"ada"}).state() == wanted);
  CHECK(given<Account>().by({.user_id = "teller"}).at(noon).when(Open{"ada"}).state() == wanted);
}

}  // namespace given_test
