// A log as it was at a position or a time.
#include <eventstore/history/past_log.hpp>

#include "aggregate/bank_test.hpp"

namespace past_log_test {

using namespace bank;

namespace {

// Six events, recorded ten seconds apart; ada's clock runs backwards: her third event was created before her second.
struct Two {
  Bank bank;
  std::unique_ptr<es::EventLog> past{};

  Two() {
    add("ada", 0, Opened{.owner = "ada"});   // 1
    add("bob", 10, Opened{.owner = "bob"});  // 2
    add("ada", 40, Deposited{1});            // 3
    add("ada", 30, Deposited{2});            // 4
    add("bob", 20, Deposited{4});            // 5
    add("cy", 50, Opened{.owner = "cy"});    // 6
  }
  template <class E> void add(std::string_view key, std::int64_t second, const E& event) {
    const auto recorded = bank.clock.now();
    const auto stream = *es::StreamId::of("account", key);
    const es::Bytes data = es::encode(event);
    const auto& schema = es::schema_of<E>();
    const es::EventId id{es::new_uuid(bank.clock)};
    const es::NewEvent made{stream, id, schema.name, "default", noon.plus_seconds(second), schema.id, {}, 0, {}, data};
    auto binary = made;
    binary.codec = es::Codec::binary;
    const auto descriptor = schema.record();
    REQUIRE(bank.log.append(es::Commit{{&binary, 1}, {}, {&descriptor, 1}}).has_value());
    bank.clock.set(recorded.plus_seconds(10));
  }
  void at(es::Result<std::unique_ptr<es::EventLog>> made) {
    if (!made) FAIL(made.error().message());
    past = std::move(*made);
  }
  [[nodiscard]] es::Error error(const es::Result<std::unique_ptr<es::EventLog>>& made) const {
    REQUIRE_FALSE(made.has_value());
    return made.error();
  }
  [[nodiscard]] std::vector<std::uint64_t> positions(es::ReadAll options = {}) const {
    std::vector<std::uint64_t> seen;
    options.limit = es::no_limit;
    const auto visited = past->visit_all(options, [&](const es::RecordedEvent& event) {
      seen.push_back(event.position.value);
      return true;
    });
    REQUIRE(visited->at_end);
    const auto page = past->read_all(options);
    REQUIRE(page->events.size() == seen.size());
    return seen;
  }
  [[nodiscard]] std::uint64_t versions(std::string_view key) const {
    const auto stream = *es::StreamId::of("account", key);
    const auto head = past->head(stream)->value;
    const auto page = past->read_stream(stream);
    CHECK(page->events.size() == head);
    CHECK(page->at_end);
    if (head != 0) CHECK(past->info(stream)->last == page->events.back().position);
    if (head == 0) CHECK(past->info(stream).error().code == es::Errc::not_found);
    return head;
  }
  [[nodiscard]] es::AtTime time(std::int64_t second, es::EventClock by = es::EventClock::created) const {
    return {noon.plus_seconds(second), by};
  }
};

using Numbers = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE("a log at a position has the events up to there", "[as-of]") {
  Two two;
  two.at(es::past_log(two.bank.log, es::Position{4}));
  CHECK(two.positions() == Numbers{1, 2, 3, 4});
  CHECK(two.positions({.direction = es::Direction::backward}) == Numbers{4, 3, 2, 1});
  CHECK(two.positions({.from = es::Position{3}}) == Numbers{3, 4});
  CHECK(two.positions({.filter = {.type = "AccountOpened"}}) == Numbers{1, 2});
  CHECK(two.past->head().value() == es::Position{4});
  CHECK(two.versions("ada") == 3);
  CHECK(two.versions("bob") == 1);
  CHECK(two.versions("cy") == 0);
  const auto streams = two.past->streams("account", "", 1);
  REQUIRE(streams->size() == 1);
  CHECK(two.past->streams("account", streams->front().stream, 10)->size() == 1);
  CHECK(two.past->checksum_at(es::Position{4}).value() == two.bank.log.checksum_at(es::Position{4}).value());
  CHECK(two.past->checksum_at(es::Position{5}).error().code == es::Errc::not_found);
}

TEST_CASE("by creation each stream ends before its first later event", "[as-of]") {
  Two two;
  two.at(es::past_log(two.bank.log, two.time(35)));
  CHECK(two.positions() == Numbers{1, 2, 5});
  CHECK(two.positions({.direction = es::Direction::backward}) == Numbers{5, 2, 1});
  CHECK(two.past->head().value() == es::Position{5});
  CHECK(two.versions("ada") == 1);
  CHECK(two.versions("bob") == 2);
  CHECK(two.versions("cy") == 0);
  const auto page = two.past->read_all({.limit = 2});
  CHECK(page->events.size() == 2);
  CHECK_FALSE(page->at_end);
  two.at(es::past_log(two.bank.log, two.time(40)));
  CHECK(two.positions() == Numbers{1, 2, 3, 4, 5});
}

TEST_CASE("by recording the log ends behind the last event that was recorded by then", "[as-of]") {
  Two two;
  two.at(es::past_log(two.bank.log, two.time(35, es::EventClock::recorded)));
  CHECK(two.positions() == Numbers{1, 2, 3, 4});
  two.at(es::past_log(two.bank.log, two.time(0, es::EventClock::recorded)));
  CHECK(two.positions() == Numbers{1});
  two.at(es::past_log(two.bank.log, two.time(5000, es::EventClock::recorded)));
  CHECK(two.positions().size() == 6);
}

TEST_CASE("an event that was not there then is not found", "[as-of]") {
  Two two;
  two.at(es::past_log(two.bank.log, es::Position{3}));
  const auto stream = *es::StreamId::of("account", "ada");
  const auto all = two.bank.log.read_stream(stream);
  CHECK(two.past->find(stream, all->events[1].id)->events.size() == 1);
  CHECK(two.past->find(stream, all->events[2].id).error().code == es::Errc::not_found);
  const auto back = two.past->read_stream(stream, {.direction = es::Direction::backward, .limit = 1});
  CHECK(back->events.front().version == es::Version{2});
  CHECK(two.past->read_stream(stream, {.from = es::Version{3}})->events.empty());
}

TEST_CASE("a past log does not grow with the log", "[as-of]") {
  Two two;
  two.at(es::past_log(two.bank.log, two.time(1000)));
  two.add("ada", 60, Deposited{8});
  CHECK(two.positions().size() == 6);
  CHECK(two.versions("ada") == 3);
  CHECK(two.past->append({}).error().code == es::Errc::read_only);
}

TEST_CASE("a moment that never was is an error that says what there is", "[as-of]") {
  Two two;
  CHECK(two.error(es::past_log(two.bank.log, es::Position{0})).code == es::Errc::invalid_argument);
  const auto late = two.error(es::past_log(two.bank.log, es::Position{7}));
  CHECK(late.code == es::Errc::not_found);
  CHECK_THAT(late.message(), Catch::Contains("position 6"));
  for (const auto by : {es::EventClock::created, es::EventClock::recorded}) {
    const auto early = two.error(es::past_log(two.bank.log, two.time(-1, by)));
    CHECK(early.code == es::Errc::not_found);
    CHECK_THAT(early.message(), Catch::Contains("2026-01-27T12:00:00.000000Z"));
    const es::MemoryLog nothing{two.bank.clock};
    CHECK(two.error(es::past_log(nothing, two.time(0, by))).code == es::Errc::not_found);
  }
  std::stop_source stop;
  stop.request_stop();
  CHECK(two.error(es::past_log(two.bank.log, two.time(35), {.stop = stop.get_token()})).code == es::Errc::stopped);
}

}  // namespace past_log_test
