// States of streams that have events of a newer build.
#include "aggregate/bank_test.hpp"

namespace unknown_events_test {

using namespace eventstore;
using namespace bank;

namespace {

struct Frozen {
  EVENTSTORE_EVENT(Frozen, "AccountFrozen");
};
struct Audited {
  EVENTSTORE_EVENT(Audited, "AccountAudited");
};

struct StrictAccount : Account {
  static constexpr auto unknown_events = UnknownEvents::refuse;
};
struct LenientAccount : Account {
  static constexpr auto unknown_events = UnknownEvents::pass_over;
};

struct BankOfTheFuture : Bank {
  Repository<StrictAccount> strict{log, clock};
  Repository<LenientAccount> lenient{log, clock};

  BankOfTheFuture() {
    run("ada", Open{"ada"});
    record("ada", Frozen{});
    record("ada", Deposited{7});
  }
};

}  // namespace

TEST_CASE("a state is rebuilt without the events that this build does not know and says so", "[fold][unknown]") {
  BankOfTheFuture bank;
  bank.record("ada", Audited{});
  const auto loaded = bank.accounts.load("ada");
  if (!loaded) FAIL(loaded.error().message());
  CHECK(loaded->state.cents == 7);
  CHECK(loaded->version == Version{4});
  CHECK(loaded->passed_over.events == 2);
  CHECK(loaded->passed_over.to_string() == "AccountFrozen at position 2 and 1 more");
  CHECK(bank.accounts.load_at("ada", Version{1})->passed_over.events == 0);
}

TEST_CASE("a command is refused on a state that is without an event", "[fold][unknown]") {
  BankOfTheFuture bank;
  const auto error = bank.error_of("ada", Deposit{1});
  CHECK(error.code == Errc::unknown_event_type);
  CHECK(error.where == "account-ada");
  CHECK(error.at == Position{2});
  CHECK(
      error.detail ==
      "this build does not know AccountFrozen at position 2, so it cannot decide: use the build that wrote it, or add "
      "it to the aggregate's events");
  bank.run("grace", Open{"grace"});  // another stream of the category goes on
}

TEST_CASE("an aggregate may pass unknown events over for commands too", "[fold][unknown]") {
  BankOfTheFuture bank;
  const auto done = bank.lenient.execute("ada", Withdraw{507});
  if (!done) FAIL(done.error().message());
  CHECK(done->version == Version{4});
  CHECK(bank.lenient.load("ada")->passed_over.to_string() == "AccountFrozen at position 2");
}

TEST_CASE("an aggregate may refuse states that are without an event", "[fold][unknown]") {
  BankOfTheFuture bank;
  const auto loaded = bank.strict.load("ada");
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().code == Errc::unreadable_schema);
  CHECK_THAT(loaded.error().detail, Catch::StartsWith("AccountFrozen is no event of this build, and the log has it "
                                                      "since position 2"));
  // An event that is kept as JSON has no schema that could tell of it beforehand.
  Bank other;
  other.run("ada", Open{"ada"});
  const NewEvent raw{StreamId::trusted("account-ada"),
                     EventId{command_number(1)},
                     "AccountFrozen",
                     "default",
                     noon,
                     {},
                     Codec::json,
                     0,
                     {},
                     as_bytes("{}")};
  REQUIRE(other.log.append({.events = {&raw, 1}}));
  const auto refused = Repository<StrictAccount>{other.log, other.clock}.load("ada");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::unknown_event_type);
  CHECK(refused.error().at == Position{2});
  CHECK(refused.error().detail ==
        "this build does not know AccountFrozen: add it to the aggregate's events, or use the build that wrote it");
  CHECK(other.accounts.load("ada")->passed_over.events == 1);
}

TEST_CASE("no snapshot is taken of a state that is without an event", "[fold][unknown]") {
  BankOfTheFuture bank;
  struct Kept final : SnapshotStore {
    int taken = 0;
    Result<std::optional<Snapshot>> newest(const StreamId&, Version) override { return std::optional<Snapshot>{}; }
    Result<void> put(const StreamId&, const Snapshot&) override {
      ++taken;
      return {};
    }
    Result<void> remove(const StreamId&, Version) override { return {}; }
    Result<void> remove_all(const StreamId&) override { return {}; }
    [[nodiscard]] bool may_write() const override { return true; }
  } kept;
  Snapshots snapshots{kept, bank.clock, SnapshotPolicy::every(1)};
  const Repository<Account> accounts{bank.log, bank.clock, snapshots, "code"};
  REQUIRE(accounts.load("ada"));
  CHECK(kept.taken == 0);
  bank.run("grace", Open{"grace"});
  REQUIRE(accounts.load("grace"));
  CHECK(kept.taken == 1);
}

}  // namespace unknown_events_test
