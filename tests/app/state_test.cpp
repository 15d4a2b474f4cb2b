#include <eventstore/app/state.hpp>

#include "line_branch.hpp"
#include "raw_event.hpp"

namespace state_test {

using namespace bank;

namespace {

struct Saver : Branch {
  es::Store store = open();

  Saver() {
    REQUIRE(store.execute<Account>("ada", Open{"ada"}));
    clock.set(noon.plus_seconds(60));
    REQUIRE(store.execute<Account>("ada", Deposit{5}));
  }
  [[nodiscard]] std::string state(const app::ShowState& parameters) const {
    return es::to_json(must(app::show_state(store, parameters)));
  }
  [[nodiscard]] Errc error(const app::ShowState& parameters) const {
    const auto shown = app::show_state(store, parameters);
    REQUIRE(!shown);
    return shown.error().code;
  }
};

}  // namespace

TEST_CASE("an aggregate is shown as it is and as it was", "[state]") {
  const Saver saver;
  CHECK(saver.state({.stream = "account-ada"}) ==
        R"({"stream":"account-ada","organization_id":"default","version":2,"created_at":"2026-01-27T12:00:00.000000Z",)"
        R"("updated_at":"2026-01-27T12:01:00.000000Z",)"
        R"("state":{"cents":5,"limit":500,"opened_at":"2026-01-27T12:00:00.000000Z","opened_by":""}})");
  CHECK_THAT(saver.state({.stream = "account-ada", .at_version = 1}), Catch::Contains(R"("cents":0)"));
  CHECK_THAT(saver.state({.stream = "account-ada", .at_time = noon}), Catch::Contains(R"("version":1)"));
  CHECK_THAT(saver.state({.stream = "account-ada", .at_position = 1}), Catch::Contains(R"("version":1)"));
  CHECK_THAT(saver.state({.stream = "account-ada", .at_time = noon, .by = es::EventClock::recorded}),
             Catch::Contains(R"("version":1)"));
}

TEST_CASE("a state that never was is not found", "[state]") {
  const Saver saver;
  CHECK(saver.error({.stream = "account-bea"}) == Errc::not_found);
  CHECK(saver.error({.stream = "account-ada", .at_version = 3}) == Errc::not_found);
  CHECK(saver.error({.stream = "account-ada", .at_time = noon.plus_seconds(-1)}) == Errc::not_found);
  CHECK(saver.error({.stream = "nothing"}) == Errc::invalid_argument);
  CHECK(saver.error({.stream = "account-ada", .at_position = 3}) == Errc::not_found);
  CHECK(saver.error({.stream = "account-ada", .at_version = 1, .at_time = noon}) == Errc::invalid_argument);
  CHECK(saver.error({.stream = "account-ada", .at_version = 1, .at_position = 1}) == Errc::invalid_argument);
  CHECK(saver.error({.stream = "bank-1"}) == Errc::invalid_argument);
}

TEST_CASE("a state says which events it is without", "[state]") {
  Saver saver;
  append_raw(saver.store, "account-ada", "AccountFrozen");
  CHECK_THAT(saver.state({.stream = "account-ada"}),
             Catch::Contains(R"("version":3)") && Catch::Contains(R"("cents":5)") &&
                 Catch::EndsWith(R"("passed_over":{"events":1,"event_type":"AccountFrozen","position":3}})"));
  CHECK(saver.store.execute<Account>("ada", Deposit{1}).error().code == Errc::unknown_event_type);
}

}  // namespace state_test
