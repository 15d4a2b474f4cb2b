// Zones by name, for times that name none.
#include <eventstore/app/append.hpp>

#include "line_branch.hpp"

namespace zone_test {

using namespace bank;

namespace {

struct Read {
  std::string moment{};
  std::string refusal{};
};

// A deposit that is created at `time`, in `zone`.
Read read_in(const std::string& zone, const std::string& time) {
  const Branch branch;
  auto text = line("ada", 1);
  text.replace(text.find("2026-01-27T10:30:00Z"), 20, time);
  auto source = branch.source(text);
  const auto plan = app::plan_append(branch.model, {.stream = "account-ada", .zone = zone}, source, noon);
  if (!plan) {
    CHECK(plan.error().code == Errc::invalid_argument);
    return {.refusal = plan.error().message()};
  }
  return {.moment = plan->lines.front().metadata.created_at.to_string()};
}

std::string moment_in(const std::string& zone, const std::string& time) {
  const auto read = read_in(zone, time);
  CAPTURE(zone, time, read.refusal);
  REQUIRE(!read.moment.empty());
  return read.moment;
}

std::string refusal_in(const std::string& zone, const std::string& time) {
  const auto read = read_in(zone, time);
  CAPTURE(zone, time, read.moment);
  REQUIRE(!read.refusal.empty());
  return read.refusal;
}

}  // namespace

TEST_CASE("a zone with a name has the offset of each time", "[zone]") {
  CHECK(moment_in("Europe/Berlin", "2026-01-27T10:30:00") == "2026-01-27T09:30:00.000000Z");
  CHECK(moment_in("Europe/Berlin", "2026-07-27 10:30:00.25") == "2026-07-27T08:30:00.250000Z");
  CHECK(moment_in("Asia/Kolkata", "2026-07-27T10:30:00") == "2026-07-27T05:00:00.000000Z");
  CHECK(moment_in("America/New_York", "2026-12-31T23:30:00") == "2027-01-01T04:30:00.000000Z");
  CHECK(moment_in("Australia/Lord_Howe", "2026-01-27T10:30:00") == "2026-01-26T23:30:00.000000Z");
  CHECK(moment_in("UTC", "2026-07-27T10:30:00") == "2026-07-27T10:30:00.000000Z");
}

TEST_CASE("a time that names its offset keeps it in a zone with a name", "[zone]") {
  CHECK(moment_in("Europe/Berlin", "2026-07-27T10:30:00Z") == "2026-07-27T10:30:00.000000Z");
  CHECK(moment_in("Europe/Berlin", "2026-10-25T02:30:00+01:00") == "2026-10-25T01:30:00.000000Z");
}

TEST_CASE("a zone is found in capitals and in small letters", "[zone]") {
  for (const auto* const zone : {"europe/berlin", "EUROPE/BERLIN", "Europe/berlin"})
    CHECK(moment_in(zone, "2026-07-27T10:30:00") == "2026-07-27T08:30:00.000000Z");
  CHECK(moment_in("utc", "2026-07-27T10:30:00") == "2026-07-27T10:30:00.000000Z");
}

TEST_CASE("a time that comes twice is refused with both offsets", "[zone]") {
  CHECK_THAT(refusal_in("europe/berlin", "2026-10-25T02:30:00"),
             Catch::EndsWith("[line 1, created_at]: 2026-10-25T02:30:00: this time comes twice in Europe/Berlin: write "
                             "+02:00 or +01:00 behind it"));
  CHECK_THAT(refusal_in("Australia/Lord_Howe", "2026-04-05T01:45:00"),
             Catch::EndsWith("comes twice in Australia/Lord_Howe: write +11:00 or +10:30 behind it"));
}

TEST_CASE("a time that clocks pass over is refused with both offsets", "[zone]") {
  CHECK_THAT(refusal_in("Europe/Berlin", "2026-03-29T02:30:00"),
             Catch::EndsWith("2026-03-29T02:30:00: this time does not exist in Europe/Berlin: write +01:00 or +02:00 "
                             "behind it"));
  CHECK_THAT(refusal_in("Pacific/Apia", "2011-12-30T12:00:00"),  // a day that Samoa left out
             Catch::EndsWith("does not exist in Pacific/Apia: write -10:00 or +14:00 behind it"));
}

TEST_CASE("the hours that are refused end where they end", "[zone]") {
  CHECK(moment_in("Europe/Berlin", "2026-10-25T01:59:59.999999") == "2026-10-24T23:59:59.999999Z");
  CHECK_THAT(refusal_in("Europe/Berlin", "2026-10-25T02:00:00"), Catch::Contains("comes twice"));
  CHECK_THAT(refusal_in("Europe/Berlin", "2026-10-25T02:59:59.999999"), Catch::Contains("comes twice"));
  CHECK(moment_in("Europe/Berlin", "2026-10-25T03:00:00") == "2026-10-25T02:00:00.000000Z");
  CHECK(moment_in("Europe/Berlin", "2026-03-29T01:59:59") == "2026-03-29T00:59:59.000000Z");
  CHECK_THAT(refusal_in("Europe/Berlin", "2026-03-29T02:00:00"), Catch::Contains("does not exist"));
  CHECK_THAT(refusal_in("Europe/Berlin", "2026-03-29T02:59:59"), Catch::Contains("does not exist"));
  CHECK(moment_in("Europe/Berlin", "2026-03-29T03:00:00") == "2026-03-29T01:00:00.000000Z");
}

TEST_CASE("a refused hour of a time before offsets of whole minutes is to be written in UTC", "[zone]") {
  CHECK(moment_in("Africa/Monrovia", "1960-01-01T00:00:00") == "1960-01-01T00:44:30.000000Z");
  CHECK_THAT(refusal_in("Africa/Monrovia", "1972-01-07T00:30:00"),
             Catch::EndsWith("does not exist in Africa/Monrovia: write it in UTC, with Z behind it"));
}

TEST_CASE("a zone that nobody knows is refused with what can be written", "[zone]") {
  for (const auto* const zone :
       {"Berlin", "Europe/Bremen", "BST", "CET", "GMT+2", "+1", "+25:00", "/", " ", "Etc/Unknown"})
    CHECK_THAT(refusal_in(zone, "2026-01-27T10:30:00"),
               Catch::EndsWith(": no such zone: write one like --zone Europe/Berlin or --zone +02:00"));
}

}  // namespace zone_test
