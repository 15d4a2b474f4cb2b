// What a repository does when there is no memory: any one allocation of a call fails, or that one and all later ones.
#include "aggregate/bank_test.hpp"
#include "aggregate/dispatch.hpp"
#include "failing_memory.hpp"

using namespace bank;
using es::test::has_failed;
using es::test::with_memory_for;

namespace {

// Calls `use` on a new bank, once for each allocation that may fail; `check` has the bank and the result.
template <class Prepare, class Use, class Check> void with_little_memory_after(Prepare prepare, Use use, Check check) {
  const auto lasting = GENERATE(false, true);
  has_failed() = true;
  int failures = 0;
  for (int nth = 0; has_failed(); ++nth) {
    CAPTURE(lasting, nth);
    Bank bank;
    prepare(bank);
    const auto result = with_memory_for(nth, lasting, [&] { return use(bank); });
    const bool has_run_out = has_failed();
    if (!result) {
      ++failures;
      REQUIRE(result.error().code == es::Errc::out_of_memory);
    }
    check(bank, result.has_value());
    has_failed() = has_run_out;
  }
  CHECK(failures > 0);
}

template <class Use, class Check> void with_little_memory(Use use, Check check) {
  const auto prepare = [](Bank& bank) {
    bank.run("ada", Open{"ada"});
    bank.run("ada", Deposit{100});
  };
  with_little_memory_after(prepare, use, check);
}

}  // namespace

TEST_CASE("a command whose memory runs out is executed, or says so and is not", "[memory]") {
  const es::CommandOptions options{.command_id = command_number(1)};
  with_little_memory(
      [&](Bank& bank) { return bank.accounts.execute("ada", Shake{}, options); },
      [](Bank& bank, bool is_executed) { CHECK(*bank.log.head() == es::Position{is_executed ? 4U : 2U}); });
}

TEST_CASE("a command on several streams whose memory runs out is executed whole, or says so and is not", "[memory]") {
  const es::CommandOptions options{.command_id = command_number(1)};
  std::optional<es::Repository<dispatch::Job>> jobs;
  with_little_memory_after(
      [&](Bank& bank) {
        REQUIRE(es::Repository<dispatch::Agent>(bank.log, bank.clock).execute("ada", dispatch::Hire{"ada"}));
        REQUIRE(jobs.emplace(bank.log, bank.clock).execute("1", dispatch::Post{"customer"}));
      },
      [&](Bank&) { return jobs->execute("1", dispatch::Assign{"ada"}, options); },
      [](Bank& bank, bool is_executed) { CHECK(*bank.log.head() == es::Position{is_executed ? 4U : 2U}); });
}

TEST_CASE("facts whose memory runs out are appended, or the call says so and they are not", "[memory]") {
  const auto& schema = es::schema_of<Deposited>();
  const std::vector<es::DecidedEvent> events{{&schema, es::encode(Deposited{5})}};
  const auto stream = *es::StreamId::parse("account-ada");
  const es::CommandOptions options{.command_id = command_number(1)};
  with_little_memory(
      [&](Bank& bank) { return es::append_events(bank.log, bank.clock, stream, events, options); },
      [](Bank& bank, bool is_appended) { CHECK(*bank.log.head() == es::Position{is_appended ? 3U : 2U}); });
}

TEST_CASE("a load whose memory runs out says so, and the next one is whole", "[memory]") {
  with_little_memory([](Bank& bank) { return bank.accounts.load("ada"); },
                     [](Bank& bank, bool) {
                       const auto again = bank.accounts.load("ada");
                       REQUIRE(again);
                       CHECK(again->state.cents == 100);
                     });
}

TEST_CASE("folding events of a state of numbers allocates nothing", "[memory]") {
  Bank bank;
  bank.run("ada", Open{"ada"});
  for (int i = 0; i < 100; ++i) bank.run("ada", Deposit{100});
  const es::SchemaReader schemas{bank.log};
  const auto page = bank.log.read_stream(*es::StreamId::parse("account-ada"), {});
  REQUIRE(page);
  es::Loaded<Account> first;
  REQUIRE(es::fold(first, page->events, schemas));  // events of each type are read into memory that is used again
  constexpr int plenty = 1'000'000;
  const int left = with_memory_for(plenty, false, [&] {
    es::Loaded<Account> again;
    const bool folded = es::fold(again, page->events, schemas).has_value() && again.state.cents == first.state.cents;
    return folded ? es::test::memory_plan(es::test::Counted::this_thread).left.load() : 0;
  });
  CHECK(first.state.cents == 10'000);
  CHECK(left == plenty);
}
