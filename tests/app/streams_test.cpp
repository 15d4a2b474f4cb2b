#include <eventstore/aggregate/execute.hpp>
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/app/statistics.hpp>
#include <eventstore/app/streams.hpp>
#include <eventstore/log/memory_log.hpp>
#include <eventstore/schema/codec.hpp>

#include <catch2/catch.hpp>

#include "aggregate/account.hpp"

namespace streams_test {

namespace {

using namespace bank;
using es::Errc;
namespace app = es::app;

const es::Timestamp noon = *es::Timestamp::parse("2026-01-27T12:00:00Z");

struct Bank {
  es::ManualClock clock{noon};
  es::MemoryLog log{clock};
  es::Repository<Account> accounts{log, clock};

  Bank() {
    for (const auto* const owner : {"bea", "ada"}) REQUIRE(accounts.execute(owner, Open{owner}));
    clock.set(noon.plus_seconds(60));
    REQUIRE(accounts.execute("ada", Deposit{5}));
  }
  [[nodiscard]] std::vector<std::string> streams(const app::ListStreams& parameters) const {
    std::vector<std::string> found;
    REQUIRE(app::list_streams(log, parameters, [&](const app::StreamSummary& each) -> es::Result<void> {
      found.push_back(es::to_json(each));
      return {};
    }));
    return found;
  }
};

}  // namespace

TEST_CASE("streams are listed by name, with where they begin and end", "[streams]") {
  const Bank bank;
  const std::string ada =
      R"({"stream":"account-ada","organization_id":"default","version":2,"first_position":2,"last_position":3})";
  const std::string bea =
      R"({"stream":"account-bea","organization_id":"default","version":1,"first_position":1,"last_position":1})";
  CHECK(bank.streams({}) == std::vector{ada, bea});
  CHECK(bank.streams({.category = "account"}) == std::vector{ada, bea});
  CHECK(bank.streams({.category = "delivery"}).empty());
}

TEST_CASE("whoever is given streams may end the list", "[streams]") {
  const Bank bank;
  int given = 0;
  const auto listed = app::list_streams(bank.log, {}, [&](const app::StreamSummary&) -> es::Result<void> {
    ++given;
    return es::failure(Errc::stopped, "write", "standard output");
  });
  CHECK(listed.error().code == Errc::stopped);
  CHECK(given == 1);
}

TEST_CASE("statistics count events, streams and organizations", "[statistics]") {
  const Bank bank;
  const auto counted = app::statistics(bank.log);
  REQUIRE(counted);
  CHECK(counted->events == 3);
  CHECK(counted->streams == 2);
  CHECK(counted->organizations == 1);
  CHECK(counted->first_created_at == noon);
  CHECK(counted->last_created_at == noon.plus_seconds(60));
  CHECK(!counted->expired_events);
  CHECK(counted->streams_by_category == es::Map<std::uint64_t>{{"account", 2}});
  CHECK(counted->events_by_type == es::Map<std::uint64_t>{{"AccountOpened", 2}, {"MoneyDeposited", 1}});
}

TEST_CASE("the statistics of an empty log have no times", "[statistics]") {
  const es::SystemClock clock;
  const es::MemoryLog log{clock};
  const auto counted = app::statistics(log);
  REQUIRE(counted);
  CHECK(es::to_json(*counted) ==
        R"({"events":0,"streams":0,"organizations":0,"data_bytes":0,"streams_by_category":{},"events_by_type":{}})");
}

}  // namespace streams_test
