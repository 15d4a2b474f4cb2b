#include "aggregate/bank_test.hpp"

namespace repository_test {

using namespace eventstore;
using namespace bank;

SCENARIO("an account is opened, used and loaded", "[repository]") {
  GIVEN("an account with three events") {
    Bank bank;
    bank.run("ada", Open{"ada"}, {.metadata = {.user_id = "teller"}});
    bank.clock.advance_seconds(60);
    bank.run("ada", Deposit{700});
    bank.run("ada", Withdraw{100});
    WHEN("it is loaded") {
      const auto loaded = bank.accounts.load("ada");
      THEN("it is what its events made of it") {
        REQUIRE(loaded);
        CHECK(loaded->state == Account::State{600, 500, noon, "teller"});
        CHECK(loaded->version == Version{3});
        CHECK(loaded->position == Position{3});
        CHECK(loaded->created_at == noon);
        CHECK(loaded->updated_at == noon.plus_seconds(60));
        CHECK(loaded->organization == "default");
      }
    }
    WHEN("it is loaded at each version") {
      THEN("it is what it was then") {
        CHECK(bank.accounts.load_at("ada", Version{1})->state.cents == 0);
        CHECK(bank.accounts.load_at("ada", Version{2})->state.cents == 700);
        CHECK(bank.accounts.load_at("ada", Version{3})->state.cents == 600);
      }
    }
    WHEN("it is loaded at a version that it never reached") {
      const auto loaded = bank.accounts.load_at("ada", Version{4});
      THEN("that version is not found") {
        REQUIRE_FALSE(loaded);
        CHECK(loaded.error().code == Errc::not_found);
        CHECK(loaded.error().where == "account-ada");
        CHECK(loaded.error().detail == "the stream ends at version 3");
      }
    }
  }
}

TEST_CASE("a history longer than a page of the log loads whole", "[repository]") {
  Bank bank;
  bank.record("ada", Opened{"ada", 500});
  for (int i = 0; i < 2500; ++i) bank.record("ada", Deposited{1});
  CHECK(bank.accounts.load("ada")->state.cents == 2500);
  CHECK(bank.accounts.load_at("ada", Version{1025})->state.cents == 1024);
  CHECK(bank.run("ada", Withdraw{3000}).version == Version{2502});
}

TEST_CASE("an account that was never opened is not found, by load and by command", "[repository]") {
  Bank bank;
  const auto loaded = bank.accounts.load("ada");
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().code == Errc::not_found);
  CHECK(loaded.error().where == "account-ada");
  const auto error = bank.error_of("ada", Deposit{1});
  CHECK(error.code == Errc::not_found);
  CHECK(error.detail == "no such stream");
}

TEST_CASE("a key that cannot be part of a stream's name is invalid_argument", "[repository]") {
  Bank bank;
  CHECK(bank.accounts.load("").error().code == Errc::invalid_argument);
  CHECK(bank.error_of("", Open{"ada"}).code == Errc::invalid_argument);
}

TEST_CASE("a refusal gives its code and its sentence, and writes nothing", "[repository]") {
  Bank bank;
  const auto nameless = bank.error_of("ada", Open{""});
  CHECK(nameless.code == Errc::refused);
  CHECK(nameless.refusal_code == "nameless");
  CHECK(nameless.message() == "refused: nameless [account-ada]: an account has an owner");
  CHECK(nameless.where == "account-ada");
  CHECK(nameless.detail == "an account has an owner");
  bank.run("ada", Open{"ada"});
  const auto poor = bank.error_of("ada", Withdraw{501});
  CHECK(poor.code == Errc::refused);
  CHECK(poor.refusal_code == "refused");
  CHECK(poor.message() == "refused [account-ada]: not enough money");
  CHECK(poor.detail == "not enough money");
}

TEST_CASE("opening an account that exists is refused", "[repository]") {
  Bank bank;
  bank.run("ada", Open{"ada"});
  const auto error = bank.error_of("ada", Open{"ada"});
  CHECK(error.code == Errc::refused);
  CHECK(error.refusal_code == "already_exists");
  CHECK(error.detail == "the stream exists already");
}

TEST_CASE("another organization's account takes no command", "[repository]") {
  Bank bank;
  bank.run("ada", Open{"ada"}, {.metadata = {.organization = "org-1"}, .command_id = command_number(1)});
  for (const auto& error :
       {bank.error_of("ada", Deposit{1}, {.metadata = {.organization = "org-2"}}),
        bank.error_of("ada", Open{"eve"}, {.metadata = {.organization = "org-2"}}),
        bank.error_of("ada", Open{"ada"}, {.metadata = {.organization = "org-2"}, .command_id = command_number(1)})}) {
    CHECK(error.code == Errc::wrong_organization);
    CHECK(error.where == "account-ada");
    CHECK(error.detail == "the stream belongs to another organization");
  }
}

TEST_CASE("one command may come to several events, in one commit", "[repository]") {
  Bank bank;
  bank.run("ada", Open{"ada"});
  bank.run("ada", Deposit{7});
  const auto executed = bank.run("ada", Shake{});
  REQUIRE(executed.events.size() == 2);
  CHECK(executed.events[0].placed == Placed{Version{3}, Position{3}});
  CHECK(executed.events[1].placed == Placed{Version{4}, Position{4}});
  CHECK(executed.events[0].schema == &schema_of<Withdrawn>());
  CHECK(decode<Deposited>(executed.events[1].data) == Deposited{7});
  CHECK(executed.events[0].id != executed.events[1].id);
  CHECK(executed.version == Version{4});
  CHECK_FALSE(executed.already_there);
  CHECK(*bank.log.head() == Position{4});
}

TEST_CASE("a command with nothing to do writes nothing and is no error", "[repository]") {
  Bank bank;
  bank.run("ada", Open{"ada"});
  const auto executed = bank.run("ada", Shake{}, {.command_id = command_number(1)});
  CHECK(executed.events.empty());
  CHECK(executed.version == Version{1});
  CHECK_FALSE(executed.already_there);
  CHECK(*bank.log.head() == Position{1});
}

TEST_CASE("an event carries who asked, when, and for whom", "[repository]") {
  Bank bank;
  const Metadata asked{.organization = "org-1", .user_id = "u", .ip_address = "::1", .extra = R"({"a":1})"};
  const auto executed = bank.run("ada", Open{"ada"}, {.metadata = asked});
  const auto page = bank.log.read_all();
  const auto found = metadata_of(page->events.front());
  REQUIRE(found);
  auto wanted = asked;
  wanted.event_id = executed.events.front().id;
  wanted.created_at = noon;
  CHECK(*found == wanted);
}

TEST_CASE("a command repeated by its id repeats nothing, even where it would be refused by now",
          "[repository][repeat]") {
  Bank bank;
  const CommandOptions first{.command_id = command_number(1)};
  const CommandOptions second{.command_id = command_number(2)};
  bank.run("ada", Open{"ada"}, first);
  const auto withdrawn = bank.run("ada", Withdraw{500}, second);
  CHECK(bank.error_of("ada", Withdraw{500}).code == Errc::refused);
  for (int again = 0; again < 2; ++again) {
    const auto repeated = bank.run("ada", Withdraw{500}, second);
    CHECK(repeated.already_there);
    CHECK(repeated.version == Version{2});
    REQUIRE(repeated.events.size() == 1);
    CHECK(repeated.events.front().id == withdrawn.events.front().id);
    CHECK(repeated.events.front().placed == withdrawn.events.front().placed);
    CHECK(repeated.events.front().data == withdrawn.events.front().data);
  }
  CHECK(bank.run("ada", Open{"ada"}, first).already_there);
  CHECK(*bank.log.head() == Position{2});
}

TEST_CASE("a repeated command gives back all of its events", "[repository][repeat]") {
  Bank bank;
  bank.run("ada", Open{"ada"});
  bank.run("ada", Deposit{7});
  bank.run("ada", Shake{}, {.command_id = command_number(1)});
  bank.run("ada", Withdraw{7});
  const auto repeated = bank.run("ada", Shake{}, {.command_id = command_number(1)});
  CHECK(repeated.already_there);
  CHECK(repeated.events.size() == 2);
  CHECK(*bank.log.head() == Position{5});
}

TEST_CASE("the same command id on another stream is another command", "[repository][repeat]") {
  Bank bank;
  const CommandOptions options{.command_id = command_number(1)};
  const auto ada = bank.run("ada", Open{"ada"}, options);
  const auto bob = bank.run("bob", Open{"bob"}, options);
  CHECK_FALSE(bob.already_there);
  CHECK(ada.events.front().id != bob.events.front().id);
}

}  // namespace repository_test
