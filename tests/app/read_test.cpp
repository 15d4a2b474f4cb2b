#include <eventstore/aggregate/repository.hpp>
#include <eventstore/app/read.hpp>
#include <eventstore/log/memory_log.hpp>

#include <catch2/catch.hpp>

#include "aggregate/account.hpp"

namespace read_test {

namespace {

using namespace bank;
using es::Errc;
namespace app = es::app;
using Positions = std::vector<std::uint64_t>;

// account-ada: positions 1 and 3 to 5; account-bea: position 2.
struct Bank {
  es::SystemClock clock;
  es::MemoryLog log{clock};
  es::Repository<Account> accounts{log, clock};

  Bank() {
    REQUIRE(accounts.execute("ada", Open{"ada"}));
    es::CommandOptions other{};
    other.metadata.organization = "org-2";
    REQUIRE(accounts.execute("bea", Open{"bea"}, other));
    for (int i = 0; i < 3; ++i) REQUIRE(accounts.execute("ada", Deposit{5}));
  }
  template <class Parameters> [[nodiscard]] Positions read(const Parameters& parameters) const {
    Positions positions;
    REQUIRE(app::read(log, parameters, [&](const es::RecordedEvent& event) -> es::Result<void> {
      positions.push_back(event.position.value);
      return {};
    }));
    return positions;
  }
};

const auto ignore = [](const es::RecordedEvent&) -> es::Result<void> { return {}; };

}  // namespace

TEST_CASE("one stream is read by versions, forward and backward", "[read]") {
  const Bank bank;
  CHECK(bank.read(app::ReadOneStream{.stream = "account-ada"}) == Positions{1, 3, 4, 5});
  CHECK(bank.read(app::ReadOneStream{.stream = "account-ada", .from = 2, .to = 3}) == Positions{3, 4});
  CHECK(bank.read(app::ReadOneStream{.stream = "account-ada", .limit = "2", .backward = true}) == Positions{5, 4});
}

TEST_CASE("the whole log is read by positions, of all or of some", "[read]") {
  const Bank bank;
  CHECK(bank.read(app::ReadWholeLog{}) == Positions{1, 2, 3, 4, 5});
  CHECK(bank.read(app::ReadWholeLog{.from = 2, .to = 4}) == Positions{2, 3, 4});
  CHECK(bank.read(app::ReadWholeLog{.from = 4, .to = 2, .backward = true}) == Positions{4, 3, 2});
  CHECK(bank.read(app::ReadWholeLog{.type = "AccountOpened"}) == Positions{1, 2});
  CHECK(bank.read(app::ReadWholeLog{.organization_id = "org-2"}) == Positions{2});
  CHECK(bank.read(app::ReadWholeLog{.category = "delivery"}).empty());
}

TEST_CASE("whoever follows is told before each wait, and stops without an error", "[read]") {
  const Bank bank;
  std::stop_source stop;
  Positions seen;
  int waits = 0;
  const app::Following following{stop.get_token(), [&]() -> es::Result<void> {
                                   ++waits;
                                   stop.request_stop();
                                   return {};
                                 }};
  const auto take = [&](const es::RecordedEvent& event) -> es::Result<void> {
    seen.push_back(event.position.value);
    return {};
  };
  REQUIRE(app::read(bank.log, app::ReadWholeLog{.from = 4, .follow = true}, take, following));
  CHECK(seen == Positions{4, 5});
  CHECK(waits == 1);
}

TEST_CASE("what cannot be read is an error that says so", "[read]") {
  const Bank bank;
  CHECK(app::read(bank.log, app::ReadOneStream{.stream = "nothing"}, ignore).error().code == Errc::invalid_argument);
  CHECK(app::read(bank.log, app::ReadOneStream{.stream = "account-cleo"}, ignore).error().code == Errc::not_found);
  const auto both = app::read(bank.log, app::ReadWholeLog{.backward = true, .follow = true}, ignore);
  CHECK(both.error().code == Errc::invalid_argument);
  const auto full = [](const es::RecordedEvent&) -> es::Result<void> {
    return es::failure(Errc::stopped, "write", "standard output");
  };
  CHECK(app::read(bank.log, app::ReadWholeLog{}, full).error().code == Errc::stopped);
}

}  // namespace read_test
