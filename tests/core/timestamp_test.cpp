#include <catch2/catch.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/zone.hpp>
#include <eventstore/os/clock.hpp>
#include <limits>

using namespace eventstore;

namespace {

Timestamp at(std::string_view text) {
  const auto parsed = Timestamp::parse(text);
  INFO(text);
  REQUIRE(parsed);
  return *parsed;
}

}  // namespace

TEST_CASE("a moment is the same in any offset") {
  CHECK(at("1970-01-01T00:00:00Z") == Timestamp{0});
  CHECK(at("2026-01-27T10:30:00Z") == at("2026-01-27T11:30:00+01:00"));
  CHECK(at("2026-01-27T10:30:00Z") == at("2026-01-26T23:00:00-11:30"));
  CHECK(at("2026-01-27t10:30:00z") == at("2026-01-27 10:30:00-00:00"));
}

TEST_CASE("a fraction counts to the microsecond, and the rest is cut off") {
  CHECK(at("1970-01-01T00:00:00.5Z").micros == 500'000);
  CHECK(at("1970-01-01T00:00:00.000001Z").micros == 1);
  CHECK(at("1970-01-01T00:00:00.123456999Z").micros == 123'456);
  CHECK(at("1970-01-01T00:00:00.25Z").to_string() == "1970-01-01T00:00:00.250000Z");
}

TEST_CASE("moments before 1970 are printed and divided as those after it") {
  const auto moment = at("1969-12-31T23:59:59.75Z");
  CHECK(moment.micros == -250'000);
  CHECK(moment.to_string() == "1969-12-31T23:59:59.750000Z");
  CHECK(moment.date() == "1969-12-31");
  CHECK(moment.hour() == 23);
  CHECK(moment.start_of_hour() == at("1969-12-31T23:00:00Z"));
  CHECK(moment.start_of_day() == at("1969-12-31T00:00:00Z"));
  CHECK(at("0001-01-01T00:00:00Z").to_string() == "0001-01-01T00:00:00.000000Z");
  CHECK(at("9999-12-31T23:59:59.999999Z").to_string() == "9999-12-31T23:59:59.999999Z");
}

TEST_CASE("a leap second is the first moment of the next minute") {
  CHECK(at("2016-12-31T23:59:60Z") == at("2017-01-01T00:00:00Z"));
}

TEST_CASE("leap days are those of the calendar") {
  CHECK(at("2024-02-29T00:00:00Z").plus_seconds(86'400) == at("2024-03-01T00:00:00Z"));
  CHECK_FALSE(Timestamp::parse("2023-02-29T00:00:00Z"));
  CHECK_FALSE(Timestamp::parse("1900-02-29T00:00:00Z"));
}

TEST_CASE("moments as text are of one length, and sort as the moments do") {
  const auto whole = at("2026-01-27T10:30:00Z");
  CHECK(whole.to_string() == "2026-01-27T10:30:00.000000Z");
  CHECK(whole.to_string() < Timestamp{whole.micros + 1}.to_string());
  CHECK(Timestamp{whole.micros - 1}.to_string() < whole.to_string());
}

TEST_CASE("a moment goes to std::chrono and back") {
  using namespace std::chrono;
  const auto moment = at("2026-01-27T10:30:00.25Z");
  static_assert(std::is_same_v<decltype(moment.to_sys()), sys_time<microseconds>>);
  CHECK(Timestamp{moment.to_sys()} == moment);
  CHECK(moment.to_sys() == sys_days{2026y / January / 27} + 10h + 30min + 250ms);
  CHECK(Timestamp{sys_days{2026y / January / 27}} == moment.start_of_day());
  CHECK(Timestamp{sys_days{1y / January / 1}} == at("0001-01-01T00:00:00Z"));
  CHECK(Timestamp{sys_days{9999y / December / 31}} == at("9999-12-31T00:00:00Z"));
  // What is finer than a microsecond is cut off towards the past, on both sides of 1970.
  CHECK(Timestamp{sys_time<nanoseconds>{1'999ns}}.micros == 1);
  CHECK(Timestamp{sys_time<nanoseconds>{-1ns}}.micros == -1);
}

TEST_CASE("moments differ by durations") {
  using namespace std::chrono_literals;
  const auto moment = at("2026-01-27T10:30:00Z");
  CHECK(moment + 5min == at("2026-01-27T10:35:00Z"));
  CHECK(24h + moment == at("2026-01-28T10:30:00Z"));
  CHECK(moment - 500ms == at("2026-01-27T10:29:59.5Z"));
  CHECK(moment - std::chrono::days{27} == at("2025-12-31T10:30:00Z"));
  CHECK((moment + 90s) - moment == 90s);
  CHECK(moment - (moment + 1us) == -1us);
  auto moved = moment;
  moved += 1h;
  moved -= 2h;
  CHECK(moved == moment - 1h);
  static_assert(Timestamp{5} - Timestamp{3} == std::chrono::microseconds{2});
}

TEST_CASE("a sum or difference of moments stops at the limits of 64 bits") {
  using namespace std::chrono_literals;
  constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
  constexpr auto highest = std::numeric_limits<std::int64_t>::max();
  const auto moment = at("2026-01-27T10:30:00Z");
  CHECK((moment + std::chrono::hours::max()).micros == highest);
  CHECK((moment + std::chrono::hours::min()).micros == lowest);
  CHECK((moment - std::chrono::days::max()).micros == lowest);
  CHECK((moment - std::chrono::hours::min()).micros == highest);
  CHECK((Timestamp{-2} - std::chrono::microseconds::min()).micros == highest - 1);
  CHECK((Timestamp{0} - std::chrono::microseconds::min()).micros == highest);
  CHECK((Timestamp{-2} - std::chrono::microseconds::max()).micros == lowest);
  CHECK((Timestamp{highest} + 1us).micros == highest);
  CHECK((Timestamp{lowest} - 1us).micros == lowest);
  CHECK(Timestamp{lowest} - Timestamp{1} == std::chrono::microseconds::min());
  CHECK(Timestamp{1} - Timestamp{lowest} == std::chrono::microseconds::max());
  CHECK(at("9999-12-31T23:59:59.999999Z") - at("0001-01-01T00:00:00Z") == std::chrono::days{3'652'059} - 1us);
  CHECK(moment.plus_seconds(highest).micros == highest);
  CHECK((moment + std::chrono::duration<std::uint64_t>{~std::uint64_t{0}}).micros == highest);
}

TEST_CASE("malformed times are refused with the reason") {
  const auto reason = [](std::string_view text) {
    const auto refused = Timestamp::parse(text);
    INFO(text);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::invalid_argument);
    CHECK(refused.error().where == text);
    return refused.error().detail;
  };
  for (const auto* text :
       {"", "2026-01-27", "2026-01-27T10:30:00.Z", "2026-1-27T10:30:00Z", "2026-01-27T10:30:00Zx",
        "2026-01-27T10:30:00+1:00", "2026-01-27T10:30:00+24:00", "+026-01-27T10:30:00Z", "2026-01-27T10:30:00+010"})
    CHECK(reason(text) == "expected RFC 3339 like 2026-01-27T10:30:00Z");
  CHECK(reason("2026-13-01T00:00:00Z") == "no such day");
  CHECK(reason("2026-04-31T00:00:00Z") == "no such day");
  CHECK(reason("0000-01-01T00:00:00Z") == "no such day");
  CHECK(reason("2026-01-01T24:00:00Z") == "no such time of day");
  CHECK(reason("2026-01-01T10:60:00Z") == "no such time of day");
  CHECK(reason("2026-01-01T10:00:61Z") == "no such time of day");
  CHECK(reason("0001-01-01T00:00:00+00:01") == "outside the years 0001 to 9999 in UTC");
  CHECK(reason("9999-12-31T23:59:59-00:01") == "outside the years 0001 to 9999 in UTC");
}

TEST_CASE("a manual clock stands still until it is told") {
  ManualClock clock{at("2026-01-27T10:30:00Z")};
  CHECK(clock.now() == clock.now());
  clock.advance_seconds(30);
  CHECK(clock.now() == at("2026-01-27T10:30:30Z"));
  clock.set(Timestamp{0});
  CHECK(clock.now() == Timestamp{0});
}

TEST_CASE("a time without an offset is read in a zone that is given, and refused without one") {
  CHECK(Timestamp::parse("2026-01-27T10:30:00").error().detail ==
        "the time has no zone: write Z or an offset like +01:00 behind it");
  const FixedOffset zone{std::chrono::hours{1}};
  CHECK(Timestamp::parse("2026-01-27 10:30:00.5", &zone)->to_string() == "2026-01-27T09:30:00.500000Z");
  CHECK(Timestamp::parse("2026-01-27T10:30:00Z", &zone)->to_string() == "2026-01-27T10:30:00.000000Z");
  CHECK(Timestamp::parse("0001-01-01T00:59:59", &zone).error().detail == "outside the years 0001 to 9999 in UTC");
  CHECK(Timestamp::parse("2026-01-27T10:30:00+0200")->to_string() == "2026-01-27T08:30:00.000000Z");
  CHECK(*Timestamp::parse_zone("-01:30") == std::chrono::minutes{-90});
  CHECK(*Timestamp::parse_zone("Z") == std::chrono::minutes{0});
  for (const auto* const text : {"", "Europe/Berlin", "+1", "+24:00", "Z ", "+01:00x"})
    CHECK(Timestamp::parse_zone(text).error().detail == "expected Z, or an offset from UTC like +01:00");
}
