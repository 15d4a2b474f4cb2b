// The states around each event, kept within a bound.
#include <eventstore/projection/detail/state_cache.hpp>

#include "projection/bank_worker.hpp"

namespace state_cache_test {

using namespace bank;

namespace {

// The balances before and after each event, as the cache gives them.
std::vector<std::pair<int64_t, int64_t>> balances(const Office& office, es::StateCache& cache, std::size_t& most) {
  const es::SchemaReader schemas{office.log};
  std::vector<std::pair<int64_t, int64_t>> all;
  es::Metadata metadata;
  const auto page = office.log.read_all();
  REQUIRE(page);
  for (const auto& event : page->events) {
    REQUIRE(es::metadata_into(event, metadata));
    const auto around = cache.enter(event, metadata, office.aggregates.front());
    if (!around) FAIL(around.error().message());
    const auto cents = [](const es::AnyState* state) { return state->as<Account::State>()->cents; };
    all.emplace_back(cents(around->before), cents(around->after));
    CHECK(around->before->version.next() == around->after->version);
    most = std::max(most, cache.bytes());
  }
  return all;
}

}  // namespace

TEST_CASE("states that did not fit are replayed when they are needed again", "[projection][states]") {
  Office office;
  office.make_up(20, 300);
  const es::SchemaReader schemas{office.log};
  es::StateCache roomy{office.log, schemas};
  es::StateCache narrow{office.log, schemas, 5'000};
  std::size_t roomy_most = 0;
  std::size_t narrow_most = 0;
  const auto all = balances(office, roomy, roomy_most);
  CHECK(all.size() == 320);
  CHECK(balances(office, narrow, narrow_most) == all);
  CHECK(roomy_most > 20'000);
  CHECK(narrow_most <= 5'000);
}

TEST_CASE("one state larger than the bound is kept alone", "[projection][states]") {
  Office office;
  office.make_up(2, 20);
  const es::SchemaReader schemas{office.log};
  es::StateCache cache{office.log, schemas, 1};
  std::size_t most = 0;
  CHECK(balances(office, cache, most).size() == 22);
  CHECK(most < 2'000);
}

TEST_CASE("a cache that was cleared begins anew", "[projection][states]") {
  Office office;
  office.make_up(2, 20);
  const es::SchemaReader schemas{office.log};
  es::StateCache cache{office.log, schemas};
  std::size_t most = 0;
  const auto first = balances(office, cache, most);
  cache.clear();
  CHECK(cache.bytes() == 0);
  CHECK(balances(office, cache, most) == first);
}

}  // namespace state_cache_test
