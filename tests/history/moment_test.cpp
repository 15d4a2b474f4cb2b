// The version of a stream at a moment, and moments as text.
#include <eventstore/history/moment.hpp>

#include "aggregate/bank_test.hpp"

#include <algorithm>
#include <random>

namespace moment_test {

using namespace bank;

namespace {

// The writer's clock, beside the log's own.
struct Clocks {
  es::ManualClock writer{noon};
  es::ManualClock own{noon};
  es::MemoryLog log{own};
  es::StreamId stream = *es::StreamId::of("account", "ada");

  // An event that was created and recorded at these seconds after noon.
  void add(std::int64_t created, std::int64_t recorded, const string& key = "ada") {
    own.set(noon.plus_seconds(recorded));
    const es::Bytes data = es::encode(Deposited{1});
    const auto& schema = es::schema_of<Deposited>();
    const es::NewEvent event{*es::StreamId::of("account", key),
                             es::EventId{es::new_uuid(writer)},
                             schema.name,
                             "default",
                             noon.plus_seconds(created),
                             schema.id,
                             es::Codec::binary,
                             0,
                             {},
                             data};
    const auto descriptor = schema.record();
    REQUIRE(log.append(es::Commit{{&event, 1}, {}, {&descriptor, 1}}));
  }
  [[nodiscard]] es::Result<es::VersionAt> find(const es::Moment& moment) const {
    return es::version_at(log, stream, moment);
  }
  [[nodiscard]] std::uint64_t at(const es::Moment& moment) const {
    const auto found = find(moment);
    if (!found) FAIL(found.error().message());
    return found->version.value;
  }
  [[nodiscard]] es::Error error(const es::Moment& moment) const {
    const auto found = find(moment);
    REQUIRE_FALSE(found);
    return found.error();
  }
};

es::AtTime created(std::int64_t second) { return {noon.plus_seconds(second), es::EventClock::created}; }
es::AtTime recorded(std::int64_t second) { return {noon.plus_seconds(second), es::EventClock::recorded}; }

es::Moment read(std::string_view text, es::EventClock by = es::EventClock::created) {
  const auto moment = es::parse_moment(text, by);
  if (!moment) FAIL(moment.error().message());
  return *moment;
}

}  // namespace

TEST_CASE("a moment is a version or a position or a time or the present", "[history][moment]") {
  Clocks clocks;
  clocks.add(0, 5);
  clocks.add(1, 6, "bob");
  clocks.add(10, 15);
  clocks.add(20, 25);
  CHECK(clocks.at(es::Present{}) == 3);
  CHECK(clocks.at(es::Version{2}) == 2);
  CHECK(clocks.at(es::Position{1}) == 1);
  CHECK(clocks.at(es::Position{2}) == 1);
  CHECK(clocks.at(es::Position{3}) == 2);
  CHECK(clocks.at(created(10)) == 2);
  CHECK(clocks.at(created(1000)) == 3);
  CHECK(clocks.at(recorded(14)) == 1);
  CHECK(clocks.at(recorded(15)) == 2);
  CHECK(clocks.at(recorded(1000)) == 3);
}

TEST_CASE("a moment that a stream never had is not found", "[history][moment]") {
  Clocks clocks;
  clocks.add(0, 5, "bob");
  CHECK(clocks.error(es::Present{}).code == es::Errc::not_found);
  clocks.add(10, 15);
  const auto detail = [&](const es::Moment& moment) {
    const auto error = clocks.error(moment);
    CHECK(error.code == es::Errc::not_found);
    CHECK(error.where == "account-ada");
    return error.detail;
  };
  CHECK(detail(es::Version{0}) == "there is no version 0: the first is 1");
  CHECK(detail(es::Version{2}) == "the stream ends at version 1");
  CHECK(detail(es::Position{3}) == "the log ends at position 2, before position 3");
  CHECK(detail(es::Position{~std::uint64_t{0}}) == "the log ends at position 2, before position 18446744073709551615");
  CHECK(detail(es::Position{1}) == "the stream has no event up to position 1");
  CHECK(detail(es::Position{0}) == "the stream has no event up to position 0");
  CHECK(detail(created(9)) == "the stream has no event up to 2026-01-27T12:00:09.000000Z");
  CHECK(detail(recorded(14)) == "the stream has no event up to 2026-01-27T12:00:14.000000Z");
}

TEST_CASE("where clocks ran backwards the order of versions wins and a note says so", "[history][moment]") {
  Clocks clocks;
  for (const auto second : {0, 10, 40, 20, 50}) clocks.add(second, 100);
  const auto found = clocks.find(created(30));
  REQUIRE(found);
  CHECK(found->version == es::Version{2});
  CHECK(found->note() ==
        "clocks ran backwards: version 4 was created at 2026-01-27T12:00:20.000000Z, before version 3 at "
        "2026-01-27T12:00:40.000000Z; the order of versions counts, so version 2 is the last before that time");
  CHECK(clocks.find(created(15))->note().empty());
  CHECK(clocks.find(created(40))->note().empty());
  CHECK(clocks.find(es::Present{})->note().empty());
  CHECK(clocks.find(recorded(100))->note().empty());
}

TEST_CASE("every moment of a random stream is found as a search from the start finds it", "[history][moment]") {
  std::mt19937_64 dice{17};
  for (int round = 0; round < 60; ++round) {
    Clocks clocks;
    struct Seen {
      std::int64_t created;
      std::int64_t recorded;
      std::uint64_t position;
    };
    std::vector<Seen> seen;
    std::int64_t now = 0;
    const auto events = 1 + dice() % 40;
    std::uint64_t position = 0;
    while (seen.size() < events) {
      now += static_cast<std::int64_t>(dice() % 3);
      const auto says = now - static_cast<std::int64_t>(dice() % 4);
      ++position;
      const bool is_other = dice() % 3 == 0;
      clocks.add(says, now, is_other ? "bob" : "ada");
      if (!is_other) seen.push_back({says, now, position});
    }
    const auto expect = [&](const es::Moment& moment, auto is_up_to) {
      const auto end = std::find_if_not(seen.begin(), seen.end(), is_up_to);
      const auto found = clocks.find(moment);
      REQUIRE(found.has_value() == (end != seen.begin()));
      if (!found) return;
      REQUIRE(found->version.value == static_cast<std::uint64_t>(end - seen.begin()));
      const bool is_created =
          std::holds_alternative<es::AtTime>(moment) && std::get<es::AtTime>(moment).by == es::EventClock::created;
      REQUIRE(found->backward.has_value() == (is_created && std::any_of(end, seen.end(), is_up_to)));
    };
    for (std::uint64_t at = 0; at <= position; ++at)
      expect(es::Position{at}, [&](const Seen& event) { return event.position <= at; });
    for (std::int64_t second = -5; second < now + 3; ++second) {
      expect(created(second), [&](const Seen& event) { return event.created <= second; });
      expect(recorded(second), [&](const Seen& event) { return event.recorded <= second; });
    }
  }
}

TEST_CASE("a moment is read as a person writes it", "[history][moment]") {
  CHECK(read("now") == es::Moment{es::Present{}});
  CHECK(read("7") == es::Moment{es::Version{7}});
  CHECK(read("0") == es::Moment{es::Version{0}});
  CHECK(read("@812") == es::Moment{es::Position{812}});
  CHECK(read("2026-01-27T12:00:00Z") == es::Moment{es::AtTime{noon}});
  CHECK(read("2026-01-27T13:00:00+01:00", es::EventClock::recorded) == es::Moment{recorded(0)});
  CHECK(read("2026-01-27") == es::Moment{created(-12 * 3600)});
  CHECK(read("18446744073709551615") == es::Moment{es::Version{~std::uint64_t{0}}});
}

TEST_CASE("a text that is no moment is refused with what it may be", "[history][moment]") {
  const auto detail = [](std::string_view text) {
    const auto moment = es::parse_moment(text);
    REQUIRE_FALSE(moment);
    CHECK(moment.error().code == es::Errc::invalid_argument);
    CHECK(moment.error().where == (text.size() <= 100 ? string{text} : string{text.substr(0, 100)} + "…"));
    return moment.error().detail;
  };
  for (const auto* const text : {"", "@", "yesterday", "-1", "+1", "7.5", "@-1", "@@1", "0x10", "NOW", " 7", "7 "}) {
    CAPTURE(text);
    CHECK_THAT(detail(text), Catch::Contains("a position like @812") && Catch::Contains("now"));
  }
  CHECK(detail("18446744073709551616") == "the number is too large");
  CHECK(detail("@18446744073709551616") == "the number is too large");
  CHECK(detail("2026-02-30") == "no such day");
  CHECK_THAT(detail("2026-01-27T12:00:00"), Catch::Contains("no zone"));
  CHECK_THAT(detail(std::string(100'000, 'x')), Catch::Contains("expected"));
}

}  // namespace moment_test
