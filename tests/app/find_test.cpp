// Finding and tracing in a store that has dropped its first events.
#include <eventstore/app/find.hpp>
#include <eventstore/app/trace.hpp>

#include "two_branches.hpp"

namespace find_test {

using namespace bank;
using es::Errc;

namespace {

// An account from which retention dropped the first events, and a parcel that a dropped event caused.
struct Dropped : BusyStore {
  es::ManualClock clock{noon};
  std::vector<es::EventId> ids;
  std::uint64_t last = 0;  // dropped position

  Dropped() {
    open(clock);
    ids.push_back(must(store->execute<Account>("ada", Open{"ada"})).events[0].id);
    for (int i = 1; i < 200; ++i) {
      clock.advance_seconds(1);
      ids.push_back(must(store->execute<Account>("ada", Deposit{i})).events[0].id);
    }
    es::CommandOptions options;
    options.metadata.causation_id = ids[0].to_string();
    ids.push_back(must(store->execute<Parcel>("p", Send{"t"}, options)).events[0].id);
    last = must(app::retain(*store, drop_before(clock.now()))).expired_position;
    REQUIRE(last > 10);
    REQUIRE(last < 199);
  }
  std::vector<std::uint64_t> find(const app::FindEvents& parameters) {
    std::vector<std::uint64_t> positions;
    const auto query = must(app::query_of(store->model(), parameters));
    must(app::find(*store, query, [&](const es::RecordedEvent& event) -> es::Result<void> {
      positions.push_back(event.position.value);
      return {};
    }));
    return positions;
  }
};

}  // namespace

TEST_CASE("what retention dropped is not found and troubles nobody", "[find][retain]") {
  Dropped dropped;
  const auto left = 200 - dropped.last;
  CHECK(dropped.find({}).size() == left + 1);
  CHECK(dropped.find({.backward = true}).back() == dropped.last + 1);
  const auto forward = dropped.find({.stream = "account-ada"});
  CHECK(forward.size() == left);
  CHECK(forward.front() == dropped.last + 1);
  CHECK(dropped.find({.stream = "account-ada", .backward = true}).size() == left);
  CHECK(dropped.find({.stream = "account-ada", .backward_clocks = true}).empty());
  CHECK(dropped.find({.backward_clocks = true}).empty());
  CHECK(dropped.find({.type = "AccountOpened"}).empty());
  CHECK(dropped.find({.from = noon, .by = es::EventClock::recorded}).size() == left + 1);
  CHECK(dropped.find({.from = noon.plus_seconds(199), .by = es::EventClock::recorded}).size() == 2);
  CHECK(dropped.find({.to = noon, .by = es::EventClock::recorded}).empty());
}

TEST_CASE("a cause that retention dropped is not in the log", "[trace][retain]") {
  Dropped dropped;
  const auto trace = must(app::trace(*dropped.store, {.event = dropped.ids.back().to_string()}));
  REQUIRE(trace.events.size() == 2);
  CHECK(trace.events[0].missing == true);
  CHECK(trace.events[0].event_id == dropped.ids[0].to_string());
  CHECK(trace.events[1].stream == "parcel-p");
  CHECK(app::trace(*dropped.store, {.event = dropped.ids[0].to_string()}).error().code == Errc::not_found);
}

TEST_CASE("what the index serves is found by other ways too", "[find]") {
  Dropped dropped;
  const auto count = [&](const app::FindEvents& parameters) { return dropped.find(parameters).size(); };
  CHECK(count({.category = "parcel"}) == 1);
  CHECK(count({.type = "MoneyDeposited"}) == 200 - dropped.last);
  CHECK(count({.type = "MoneyDeposited", .where = {"cents=199"}}) == 1);
  CHECK(count({.type = "MoneyDeposited", .where = {"cents=199"}, .backward = true}) == 1);
  CHECK(count({.type = "MoneyDeposited", .limit = "3"}) == 3);
  CHECK(count({.type = "ParcelSent", .text = "T"}) == 1);
}

}  // namespace find_test
