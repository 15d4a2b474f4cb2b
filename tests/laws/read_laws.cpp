// What every engine promises about reading.
#include <thread>

#include "laws/event_log_laws.hpp"

namespace read_laws {

using namespace eventstore;
using namespace eventstore::laws;

TEMPLATE_TEST_CASE("an event comes back as it was given", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  auto given = event("delivery-caf\xC3\xA9", 1, std::string_view{"\0\xFF bytes", 8});
  given.metadata = as_bytes("meta");
  given.encryption_key = 7;
  given.created_at = Timestamp{-5};
  given.codec = Codec::binary;
  REQUIRE(append(log, {given}));
  const auto page = log.find(given.stream, given.id);
  REQUIRE(page);
  const auto& got = page->events.at(0);
  CHECK(got.stream == given.stream.text());
  CHECK(got.version == Version{1});
  CHECK(got.position == Position{1});
  CHECK(got.id == given.id);
  CHECK(got.type == given.type);
  CHECK(got.organization == given.organization);
  CHECK(got.created_at == given.created_at);
  CHECK(got.recorded_at == noon);
  CHECK(got.schema == given.schema);
  CHECK(got.codec == given.codec);
  CHECK(got.encryption_key == 7);
  CHECK(as_text(got.metadata) == "meta");
  CHECK(as_text(got.data) == as_text(given.data));
}

TEMPLATE_TEST_CASE("a stream is read in pages, forward and backward", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  const auto stream = stream_named("delivery-1");
  for (std::uint64_t i = 0; i < 5; ++i) {
    fill(log, "delivery-1", i, 1);
    fill(log, "delivery-2", i, 1);
  }
  auto page = log.read_stream(stream, {.limit = 2});
  CHECK(versions_of(*page) == Numbers{1, 2});
  CHECK(page->next == 3);
  CHECK_FALSE(page->at_end);
  page = log.read_stream(stream, {.from = Version{page->next}, .limit = 3});
  CHECK(versions_of(*page) == Numbers{3, 4, 5});
  CHECK(page->at_end);
  page = log.read_stream(stream, {.direction = Direction::backward, .limit = 4});
  CHECK(versions_of(*page) == Numbers{5, 4, 3, 2});
  CHECK_FALSE(page->at_end);
  page = log.read_stream(stream, {.from = Version{page->next}, .direction = Direction::backward, .limit = 4});
  CHECK(versions_of(*page) == Numbers{1});
  CHECK(page->at_end);
  CHECK(versions_of(*log.read_stream(stream, {.from = Version{99}, .direction = Direction::backward, .limit = 1})) ==
        Numbers{5});
  CHECK(log.read_stream(stream, {.from = Version{6}})->at_end);
  CHECK(log.read_stream(stream, {.from = Version{6}})->next == 6);
  CHECK(log.read_stream(stream_named("delivery-none"))->events.empty());
  CHECK(log.read_stream(stream_named("delivery-none"))->at_end);
}

TEMPLATE_TEST_CASE("everything is read in pages, forward and backward", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  CHECK(log.read_all()->at_end);
  CHECK(log.read_all({.direction = Direction::backward})->at_end);
  fill(log, "delivery-1", 1, 5);
  auto page = log.read_all({.limit = 3});
  CHECK(positions_of(*page) == Numbers{1, 2, 3});
  CHECK_FALSE(page->at_end);
  page = log.read_all({.from = Position{page->next}, .limit = 3});
  CHECK(positions_of(*page) == Numbers{4, 5});
  CHECK(page->at_end);
  CHECK(page->next == 6);
  page = log.read_all({.direction = Direction::backward, .limit = 5});
  CHECK(positions_of(*page) == Numbers{5, 4, 3, 2, 1});
  CHECK(page->at_end);
  CHECK(positions_of(*log.read_all({.from = Position{3}, .direction = Direction::backward})) == Numbers{3, 2, 1});
  CHECK(log.read_all({.from = Position{9}})->events.empty());
  CHECK(log.read_all({.limit = 0})->events.empty());
  CHECK_FALSE(log.read_all({.limit = 0})->at_end);
}

TEMPLATE_TEST_CASE("a filter gives what has the category, type and organization", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  for (std::uint64_t i = 0; i < 60; ++i) {
    auto made = event(i % 2 == 0 ? "delivery-1" : "delivery_note-1", i);
    if (i % 3 == 0) made.type = "Else";
    REQUIRE(append(log, {made}));
  }
  auto foreign = event("delivery-2", 1);
  foreign.organization = "org-2";
  REQUIRE(append(log, {foreign}));
  const auto count = [&](Filter filter) {
    std::size_t found = 0;
    for (Position from{1};;) {
      const auto page = log.read_all({.from = from, .limit = 7, .filter = filter});
      REQUIRE(page);
      REQUIRE(page->events.size() <= 7);
      for (const auto& recorded : page->events) CHECK(filter.admits(recorded));
      found += page->events.size();
      if (page->at_end) return found;
      from = Position{page->next};
    }
  };
  CHECK(count({.category = "delivery"}) == 31);
  CHECK(count({.category = "delivery_note"}) == 30);
  CHECK(count({.category = "deliver"}) == 0);
  CHECK(count({.type = "Else"}) == 20);
  CHECK(count({.organization = "org-2"}) == 1);
  CHECK(count({.category = "delivery", .type = "Else", .organization = "org-1"}) == 10);
  CHECK(count({}) == 61);
  const auto last = log.read_all({.direction = Direction::backward, .limit = 1, .filter = {.type = "Else"}});
  CHECK(positions_of(*last) == Numbers{58});
}

TEMPLATE_TEST_CASE("a page outlives what comes after it, and the log", "[laws]", LOG_ENGINES) {
  Page page;
  {
    TestType engine;
    fill(*engine.log, "delivery-1", 1, 1);
    page = *engine.log->read_all();
    fill(*engine.log, "delivery-1", 2, 200);
  }
  CHECK(as_text(page.events.at(0).data) == "data");
  CHECK(page.events.at(0).stream == "delivery-1");
}

TEMPLATE_TEST_CASE("streams are listed by name, in pages, by category", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  CHECK(log.streams("", "", 10)->empty());
  for (const auto* name : {"delivery-2", "campaign-1", "delivery-10", "delivery_note-1", "delivery-1"})
    fill(log, name, 1, 2);
  const auto names = [&](std::string_view category, std::string_view after, std::size_t limit) {
    const auto infos = log.streams(category, after, limit);
    REQUIRE(infos);
    std::vector<std::string> found;
    for (const auto& info : *infos) found.push_back(info.stream);
    return found;
  };
  using Names = std::vector<std::string>;
  CHECK(names("", "", 2) == Names{"campaign-1", "delivery-1"});
  CHECK(names("", "delivery-1", 9) == Names{"delivery-10", "delivery-2", "delivery_note-1"});
  CHECK(names("delivery", "", 9) == Names{"delivery-1", "delivery-10", "delivery-2"});
  CHECK(names("delivery", "delivery-10", 9) == Names{"delivery-2"});
  fill(log, "delivery-11", 1, 1);
  CHECK(names("delivery", "delivery-10", 1) == Names{"delivery-11"});
  const auto info = log.info(stream_named("campaign-1"));
  CHECK(info->stream == "campaign-1");
  CHECK(info->version == Version{2});
  CHECK(info->first == Position{3});
  CHECK(info->last == Position{4});
  CHECK(code_of(log.info(stream_named("campaign-2"))) == Errc::not_found);
}

TEMPLATE_TEST_CASE("a schema's descriptor stays with the events that use it", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  const SchemaRecord first{SchemaId{id_of(1).uuid}, as_bytes("first descriptor")};
  const SchemaRecord second{SchemaId{id_of(2).uuid}, as_bytes("second")};
  const std::vector schemas{first, second};
  for (std::uint64_t i = 0; i < 100; ++i) {
    auto made = event("delivery-1", i);
    made.schema = (i < 50 ? first : second).id;
    const std::vector events{made};
    REQUIRE(log.append({.events = events, .schemas = schemas}));
  }
  auto later = event("delivery-1", 100);
  later.schema = first.id;
  CHECK(append(log, {later}));
  const auto recorded = log.schemas();
  REQUIRE(recorded->size() == 2);
  CHECK((*recorded)[0].id == first.id);
  CHECK(as_text((*recorded)[1].descriptor) == "second");
  CHECK(as_text(*log.schema(first.id)) == "first descriptor");
  CHECK(code_of(log.schema(SchemaId{id_of(3).uuid})) == Errc::not_found);
  CHECK(*log.head() == Position{101});
}

TEMPLATE_TEST_CASE("the chained checksum tells one history from another", "[laws]", LOG_ENGINES) {
  TestType engine;
  TestType other;
  fill(*engine.log, "delivery-1", 1, 2);
  fill(*other.log, "delivery-1", 1, 2);
  const auto& log = *engine.log;
  CHECK(*log.checksum_at(Position{0}) == 0);
  CHECK(*log.checksum_at(Position{1}) != *log.checksum_at(Position{2}));
  CHECK(*log.checksum_at(Position{2}) != *other.log->checksum_at(Position{2}));
  CHECK(code_of(log.checksum_at(Position{3})) == Errc::not_found);
  const auto kept = *log.checksum_at(Position{2});
  fill(*engine.log, "delivery-1", 3, 30);
  CHECK(*log.checksum_at(Position{2}) == kept);
  CHECK(log.store_id() != other.log->store_id());
}

TEMPLATE_TEST_CASE("waiting ends with an event, a stop or its patience", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  using std::chrono::milliseconds;
  CHECK(*log.wait_past(Position{0}, {}, milliseconds{0}) == Position{0});
  fill(log, "delivery-1", 1, 1);
  CHECK(*log.wait_past(Position{0}, {}, milliseconds{60'000}) == Position{1});
  std::stop_source stop;
  stop.request_stop();
  CHECK(*log.wait_past(Position{1}, stop.get_token(), milliseconds{60'000}) == Position{1});
  std::jthread writer{[&] { (void)append(log, {event("delivery-1", 2)}); }};
  CHECK(*log.wait_past(Position{1}, {}, milliseconds{60'000}) == Position{2});
}

TEMPLATE_TEST_CASE("what a visitor throws is an error of the visit", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  fill(log, "delivery-1", 1, 3);
  const auto throws = [](const RecordedEvent&) -> bool { throw std::runtime_error{"odd"}; };
  CHECK(code_of(log.visit_all({}, throws)) == Errc::user_exception);
  const auto throws_a_number = [](const RecordedEvent&) -> bool { throw 13; };
  CHECK(code_of(log.visit_all({}, throws_a_number)) == Errc::user_exception);
  CHECK(log.visit_stream(stream_named("delivery-1"), {}, throws).error().detail == "odd");
  CHECK(log.read_all()->events.size() == 3);
}

}  // namespace read_laws
