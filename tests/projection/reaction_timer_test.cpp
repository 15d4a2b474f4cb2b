// Timers of reactions: durable, moved and cancelled by later events, on the worker's clock.
#include "projection/reaction_office.hpp"

namespace reaction_timer_test {

using namespace bank;
using Texts = std::vector<string>;

TEST_CASE("a timer fires when its time has come and not again", "[reaction][timer]") {
  MailBank bank;
  bank.open_account("ada");
  bank.run("ada", Deposit{5});
  {
    auto worker = bank.worker<Remind>();
    const auto report = run(worker);
    CHECK(report.fired == 0);
    CHECK(report.next == noon + 24h);
  }
  bank.clock.set(noon + 24h);
  REQUIRE(bank.files.remove("reactions/remind"));
  auto worker = bank.worker<Remind>();  // by what its stream says alone
  CHECK(run(worker).fired == 1);
  CHECK(letters_in(bank.log, "ada") == Texts{"still 5"});
  CHECK(worker.state()->timers.empty());
  CHECK(run(worker).fired == 0);
}

TEST_CASE("a later event moves a timer or cancels it", "[reaction][timer]") {
  MailBank bank;
  bank.open_account("ada");
  bank.run("ada", Deposit{5});
  auto worker = bank.worker<Remind>();
  run(worker);
  bank.clock.set(noon + 20h);
  SECTION("moved") {
    bank.run("ada", Deposit{6});
    CHECK(run(worker).next == noon + 44h);
    bank.clock.set(noon + 30h);
    CHECK(run(worker).fired == 0);
    bank.clock.set(noon + 44h);
    CHECK(run(worker).fired == 1);
    CHECK(letters_in(bank.log, "ada") == Texts{"still 6"});
  }
  SECTION("cancelled") {
    bank.run("ada", Withdraw{1});
    CHECK_FALSE(run(worker).next);
    bank.clock.set(noon + 44h);
    CHECK(run(worker).fired == 0);
    CHECK(letters_in(bank.log, "ada").empty());
  }
  SECTION("cancelled though its time has come when the event is read") {
    bank.run("ada", Withdraw{1});
    bank.clock.set(noon + 44h);
    CHECK(run(worker).fired == 0);
  }
}

TEST_CASE("an event that is handled again does not cancel what later events have set", "[reaction][timer]") {
  MailBank bank;
  bank.open_account("ada");
  bank.run("ada", Withdraw{1});
  bank.run("ada", Deposit{5});
  {
    auto worker = bank.worker<Remind>();
    run(worker);
  }
  REQUIRE(bank.files.remove("reactions/remind"));
  auto worker = bank.worker<Remind>();
  run(worker);
  CHECK(worker.state()->timers.size() == 1);
}

TEST_CASE("a timer in the past calls at once", "[reaction][timer]") {
  MailBank bank;
  bank.open_account("ada");
  bank.run("ada", Withdraw{2});
  auto worker = bank.worker<Remind>();
  CHECK(run(worker).fired == 1);
  REQUIRE(bank.sent.size() == 1);
  CHECK(bank.sent[0].starts_with("ada 2 "));
}

TEST_CASE("a timer that fails too often is a dead letter which can be retried", "[reaction][timer]") {
  MailBank bank;
  bank.open_account("ada");
  bank.run("ada", Deposit{7});
  auto worker = bank.worker<Remind>();
  run(worker);
  bank.clock.set(noon + 24h);
  Mailbox::failures = 4;
  finish(worker, bank.clock, noon + 48h);
  const auto letters = *worker.dead_letters();
  REQUIRE(letters.size() == 1);
  CHECK(letters[0].id == "timer ada");
  CHECK(letters[0].what.attempts == 4);
  CHECK(worker.state()->timers.empty());
  CHECK(worker.retry("timer ada"));
  CHECK(letters_in(bank.log, "ada") == Texts{"unlucky 7"});
  CHECK(worker.dead_letters()->empty());
}

namespace {

struct Nameless {
  static constexpr auto name = "nameless";
  using reads = es::Reads<Account>;
  static void react(const es::Change<Account>& change, es::Outgoing& to) {
    to.at(change.metadata.created_at, "").execute<Mailbox>(change.key, Write{"hello"});
  }
};

}  // namespace

TEST_CASE("a timer without a name sets its event aside", "[reaction][timer]") {
  MailBank bank;
  bank.open_account("ada");
  auto worker = bank.worker<Nameless>();
  CHECK(run(worker).set_aside == 1);
  CHECK(letters_in(bank.log, "ada").empty());
}

}  // namespace reaction_timer_test
