// The time zones of organizations, as settings give them.
#include <eventstore/app/zoned_clock.hpp>

#include <catch2/catch.hpp>

namespace zoned_clock_test {

namespace {

using namespace std::chrono;
namespace es = eventstore;
namespace app = es::app;

app::Settings settings_of(std::initializer_list<std::pair<std::string_view, std::string>> values) {
  app::Settings settings{};
  for (const auto& [name, value] : values) settings.set(name, value, app::SettingOrigin::environment);
  return settings;
}

const es::ManualClock noon{*es::Timestamp::parse("2026-01-27T12:00:00Z")};

year_month_day date_in(const app::ZonedClock& clock, std::string_view organization, std::string_view moment) {
  const auto day = clock.zone(organization).date_of(*es::Timestamp::parse(moment));
  return year_month_day{sys_days{day.time_since_epoch()}};
}

}  // namespace

TEST_CASE("an organization's days begin in its own zone, else in that of all, else in UTC", "[zoned_clock]") {
  const auto clock = app::ZonedClock::of(
      settings_of({{"EVENTSTORE_TIMEZONE", "Europe/Berlin"}, {"EVENTSTORE_TIMEZONE_ORG_1", "America/New_York"}}), noon);
  REQUIRE(clock);
  CHECK(clock->now() == noon.now());
  CHECK(date_in(*clock, "org-1", "2026-01-27T04:59:59Z") == January / 26 / 2026);
  CHECK(date_in(*clock, "org-1", "2026-01-27T05:00:00Z") == January / 27 / 2026);
  CHECK(date_in(*clock, "org-2", "2026-01-27T23:00:00Z") == January / 28 / 2026);
  CHECK(date_in(*clock, "org-2", "2026-07-27T21:59:59Z") == July / 27 / 2026);
  CHECK(date_in(*clock, "org-2", "2026-07-27T22:00:00Z") == July / 28 / 2026);
  const auto plain = app::ZonedClock::of(settings_of({}), noon);
  REQUIRE(plain);
  CHECK(date_in(*plain, "org-1", "2026-01-27T23:59:59.999999Z") == January / 27 / 2026);
}

TEST_CASE("the date before 1970 is that of the clocks too", "[zoned_clock]") {
  const auto clock = app::ZonedClock::of(settings_of({{"EVENTSTORE_TIMEZONE", "-01:00"}}), noon);
  REQUIRE(clock);
  CHECK(date_in(*clock, "org-1", "1969-12-31T00:59:59.5Z") == December / 30 / 1969);
}

TEST_CASE("a setting that gives no zone is named", "[zoned_clock]") {
  const auto wrong = app::ZonedClock::of(settings_of({{"EVENTSTORE_TIMEZONE_ORG_1", "Berlin"}}), noon);
  REQUIRE(!wrong);
  CHECK(wrong.error().code == es::Errc::invalid_argument);
  CHECK(wrong.error().where == "EVENTSTORE_TIMEZONE_ORG_1");
  CHECK_THAT(wrong.error().detail, Catch::Contains("Europe/Berlin"));
}

}  // namespace zoned_clock_test
