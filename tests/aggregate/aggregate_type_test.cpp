#include <eventstore/aggregate/aggregate_type.hpp>

#include "aggregate/bank_test.hpp"

namespace aggregate_type_test {

using namespace eventstore;
using namespace bank;

namespace {

struct Rung {
  EVENTSTORE_EVENT(Rung, "BellRung", (string, where));
};
// A category without a state.
struct Bells {
  static constexpr auto category = "bell";
  using events = Events<Rung>;
  static void measure(const Rung& e, Measurements& to) {
    to.add_free("rings", 1, Json{R"({"b":1,"a":2.0})"}, std::nullopt);
    to.add("rings_at", 1, {{"where", e.where}, {"nobody", ""}});
  }
};

Measurements measure(const AggregateType& type, const EventLog& log) {
  const SchemaReader schemas{log};
  const auto before = type.new_state();
  const auto after = type.new_state();
  Measurements measured;
  const auto page = log.read_all();
  for (const auto& event : page->events) {
    REQUIRE(after->apply(event, *metadata_of(event), schemas));
    REQUIRE(type.measure(event, *before, *after, schemas, measured));
    REQUIRE(before->apply(event, *metadata_of(event), schemas));
  }
  return measured;
}

}  // namespace

TEST_CASE("an aggregate without its type lists its events, its state and its commands", "[type]") {
  const auto type = aggregate<Account>();
  CHECK(type.category == "account");
  REQUIRE(type.events.size() == 4);
  CHECK(type.events[0] == &schema_of<Opened>());
  CHECK(type.state_schema == &schema_of<Account::State>());
  REQUIRE(type.command("open") != nullptr);
  CHECK(type.command("open")->opens());
  CHECK_FALSE(type.command("deposit")->opens());
  CHECK(type.command("deposit")->schema == &schema_of<Deposit>());
  CHECK(type.command("explode") == nullptr);
}

TEST_CASE("a command by name is decided from its bytes", "[type]") {
  const auto type = aggregate<Account>();
  const Context context{StreamId::trusted("account-ada")};
  const auto opened = type.command("open")->decide(nullptr, encode(Open{"ada"}), context, {});
  REQUIRE(opened);
  REQUIRE(opened->events.size() == 1);
  CHECK(decode<Opened>(opened->events.front().data) == Opened{"ada", 500});
  const auto damaged = type.command("open")->decide(nullptr, Bytes(2), context, {});
  REQUIRE_FALSE(damaged);
  CHECK(damaged.error().code == Errc::corrupt_record);
}

TEST_CASE("a state without its type follows the stream and encodes as its schema says", "[type]") {
  Bank bank;
  bank.run("ada", Open{"ada"}, {.metadata = {.user_id = "teller"}});
  bank.clock.advance_seconds(5);
  bank.run("ada", Deposit{7});
  const auto state = aggregate<Account>().new_state();
  REQUIRE(replay(bank.log, SchemaReader{bank.log}, StreamId::trusted("account-ada"), *state));
  CHECK(state->version == Version{2});
  CHECK(state->created_at == noon);
  CHECK(state->updated_at == noon.plus_seconds(5));
  CHECK(state->organization == "default");
  REQUIRE(state->as<Account::State>() != nullptr);
  CHECK(state->as<Account::State>()->cents == 7);
  CHECK(state->as<Opened>() == nullptr);
  Bytes bytes;
  state->encode_to(bytes);
  CHECK(decode<Account::State>(bytes) == *state->as<Account::State>());
  const auto earlier = aggregate<Account>().new_state();
  REQUIRE(replay(bank.log, SchemaReader{bank.log}, StreamId::trusted("account-ada"), *earlier, Version{1}));
  CHECK(earlier->version == Version{1});
}

TEST_CASE("measure, sample and audit actions are picked up", "[type]") {
  Bank bank;
  bank.run("ada", Open{"ada"});
  bank.run("ada", Deposit{7});
  bank.run("ada", Withdraw{2});
  const auto type = aggregate<Account>();
  const auto measured = measure(type, bank.log);
  REQUIRE(measured.all().size() == 2);
  CHECK(measured.all()[0].metric_type == "deposits");
  CHECK(measured.all()[0].value == 7);
  CHECK(measured.all()[0].tags == "{}");
  CHECK(measured.all()[1].metric_type == "withdrawals");
  CHECK(measured.all()[1].tags == R"({"from":"7"})");
  CHECK(measured.all()[1].metadata == R"({"to":"5"})");
  CHECK(type.audit_actions == std::vector<std::pair<string, string>>{{"AccountOpened", "open"}});
}

TEST_CASE("sample makes up a history, the same for the same seed, until it is over", "[type]") {
  const auto type = aggregate<Account>();
  REQUIRE(type.make_up);
  const auto length_of = [&type](std::uint64_t seed) {
    Bank bank;
    Random random{seed};
    const auto state = type.new_state();
    std::size_t length = 0;
    for (auto next = type.make_up(random, *state); !next.events.empty(); next = type.make_up(random, *state)) {
      if (next.events.front().schema == &schema_of<Opened>())
        bank.record("s", *decode<Opened>(next.events.front().data));
      else
        bank.record("s", *decode<Deposited>(next.events.front().data));
      REQUIRE(replay(bank.log, SchemaReader{bank.log}, StreamId::trusted("account-s"), *state));
      ++length;
    }
    CHECK(state->as<Account::State>()->cents > 1000);
    return length;
  };
  CHECK(length_of(1) == length_of(1));
  CHECK(length_of(2) > 1);
}

TEST_CASE("a category without a state has events and measures, and nothing else", "[type]") {
  const auto type = aggregate<Bells>();
  CHECK(type.state_schema == nullptr);
  CHECK(type.commands.empty());
  CHECK_FALSE(type.make_up);
  Bank bank;
  bank.record("tower", Rung{"north"});
  const auto measured = measure(type, bank.log);
  REQUIRE(measured.all().size() == 2);
  CHECK(measured.all()[0].tags == R"({"a":2,"b":1})");
  CHECK(measured.all()[0].metadata == "{}");
  CHECK(measured.all()[1].tags == R"({"where":"north"})");
}

}  // namespace aggregate_type_test
