// Replay of histories that this build did not write, or that fail.
#include "aggregate/bank_test.hpp"

namespace fold_test {

using namespace eventstore;
using namespace bank;

namespace {

// As an older build had it: no limit, a branch that is gone, narrower.
struct OldOpened {
  EVENTSTORE_EVENT(OldOpened, "AccountOpened", (string, branch), (string, owner));
};
struct OldDeposited {
  EVENTSTORE_EVENT(OldDeposited, "MoneyDeposited", (string, teller), (std::int32_t, cents));
};
struct OtherDeposited {
  EVENTSTORE_EVENT(OtherDeposited, "MoneyDeposited", (string, amount));
};

}  // namespace

TEST_CASE("events stored under older schemas load", "[fold][evolution]") {
  Bank bank;
  bank.record("ada", OldOpened{"north", "ada"});
  bank.record("ada", OldDeposited{"tom", 30});
  bank.record("ada", Deposited{12});
  const auto loaded = bank.accounts.load("ada");
  if (!loaded) FAIL(loaded.error().message());
  CHECK(loaded->state.cents == 42);
  CHECK(loaded->state.limit == 500);
  CHECK(bank.run("ada", Withdraw{542}).version == Version{4});
}

TEST_CASE("an event stored under a schema that does not fit stops the load and says where", "[fold][evolution]") {
  Bank bank;
  bank.run("ada", Open{"ada"});
  bank.record("ada", OtherDeposited{"30"});
  const auto loaded = bank.accounts.load("ada");
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().code == Errc::unreadable_schema);
  CHECK(loaded.error().where == "account-ada");
  CHECK(loaded.error().at == Position{2});
  CHECK(
      loaded.error().detail ==
      "stored under another schema: `cents` is added and has no default: give `cents` a default, make it optional, or "
      "keep the old struct and write an upcaster");
  CHECK(bank.error_of("ada", Deposit{1}).code == Errc::unreadable_schema);
}

TEST_CASE("bytes that are no value of their schema are corrupt_record at their place", "[fold]") {
  Bank bank;
  bank.run("ada", Open{"ada"});
  const auto& schema = schema_of<Deposited>();
  const Bytes data(3);
  const NewEvent damaged{StreamId::trusted("account-ada"),
                         EventId{command_number(1)},
                         schema.name,
                         "default",
                         noon,
                         schema.id,
                         Codec::binary,
                         0,
                         {},
                         data};
  const auto descriptor = schema.record();
  REQUIRE(bank.log.append(Commit{{&damaged, 1}, {}, {&descriptor, 1}}));
  const auto loaded = bank.accounts.load("ada");
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().code == Errc::corrupt_record);
  CHECK(loaded.error().during == "decode MoneyDeposited");
  CHECK(loaded.error().where == "account-ada");
  CHECK(loaded.error().at == Position{2});
}

TEST_CASE("an exception from evolve is user_exception, whatever its type", "[fold]") {
  for (const bool with_int : {false, true}) {
    Bank bank;
    bank.run("ada", Open{"ada"});
    bank.record("ada", Cursed{with_int});
    const auto loaded = bank.accounts.load("ada");
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().code == Errc::user_exception);
    CHECK(loaded.error().during == "evolve AccountCursed");
    CHECK(loaded.error().where == "account-ada");
    CHECK(loaded.error().at == Position{2});
    CHECK(loaded.error().detail == (with_int ? "an exception of unknown type" : "cursed"));
  }
}

TEST_CASE("an exception from decide is user_exception, whatever its type", "[fold]") {
  Bank bank;
  bank.run("ada", Open{"ada"});
  for (const auto* const how : {"error", "int"}) {
    const auto error = bank.error_of("ada", Curse{how});
    CHECK(error.code == Errc::user_exception);
    CHECK(error.during == "decide");
    CHECK(error.where == "account-ada");
    CHECK(error.detail == (std::string_view{how} == "int" ? "an exception of unknown type" : "cursed"));
  }
}

TEST_CASE("evolve hands over metadata where the aggregate asks for it", "[fold]") {
  Account::State state{};
  const Metadata metadata{.created_at = noon, .user_id = "teller"};
  evolve<Account>(state, Opened{"ada", 9}, metadata);
  evolve<Account>(state, Deposited{5}, metadata);
  CHECK(state == Account::State{5, 9, noon, "teller"});
}

}  // namespace fold_test
