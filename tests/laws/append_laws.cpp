// What every engine promises about appending.
#include "laws/event_log_laws.hpp"

namespace append_laws {

using namespace eventstore;
using namespace eventstore::laws;

TEMPLATE_TEST_CASE("each of the four expectations holds where it says", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  const auto there = stream_named("delivery-there");
  const auto absent = stream_named("delivery-absent");
  fill(log, there.text(), 1, 3);
  std::uint64_t id = 100;
  const auto attempt = [&](const StreamId& stream, ExpectedVersion expected) {
    return append(log, {event(stream.text(), ++id)}, {{stream, expected}});
  };

  CHECK(attempt(there, ExpectedVersion::any())->events[0].version == Version{4});
  CHECK(attempt(there, ExpectedVersion::stream_exists())->events[0].version == Version{5});
  CHECK(attempt(there, ExpectedVersion::exactly(Version{5}))->events[0].version == Version{6});
  CHECK(code_of(attempt(there, ExpectedVersion::no_stream())) == Errc::wrong_version);
  CHECK(code_of(attempt(there, ExpectedVersion::exactly(Version{5}))) == Errc::wrong_version);
  CHECK(code_of(attempt(there, ExpectedVersion::exactly(Version{7}))) == Errc::wrong_version);
  CHECK(code_of(attempt(absent, ExpectedVersion::stream_exists())) == Errc::wrong_version);
  CHECK(code_of(attempt(absent, ExpectedVersion::exactly(Version{1}))) == Errc::wrong_version);
  CHECK(*log.head(absent) == Version{0});
  CHECK(attempt(absent, ExpectedVersion::no_stream())->events[0].version == Version{1});
  CHECK(attempt(stream_named("delivery-new"), ExpectedVersion::any())->events[0].version == Version{1});
  CHECK(*log.head(there) == Version{6});
  CHECK(*log.head() == Position{8});
}

TEMPLATE_TEST_CASE("a refused commit reports every conflict and writes nothing", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  fill(log, "delivery-1", 1, 3);
  fill(log, "delivery-2", 1, 1);
  const auto refused = append(log, {event("delivery-1", 10), event("delivery-3", 10)},
                              {{stream_named("delivery-1"), ExpectedVersion::exactly(Version{2})},
                               {stream_named("delivery-2"), ExpectedVersion::no_stream()},
                               {stream_named("delivery-3"), ExpectedVersion::stream_exists()},
                               {stream_named("delivery-4"), ExpectedVersion::no_stream()}});
  REQUIRE(code_of(refused) == Errc::wrong_version);
  REQUIRE(refused.error().conflicts.size() == 3);
  CHECK(refused.error().message() ==
        "wrong_version: append; delivery-1 is at version 3, expected version 2; delivery-2 is at version 1, expected "
        "not to exist; delivery-3 does not exist, expected to exist");
  CHECK(*log.head() == Position{4});
  CHECK(*log.head(stream_named("delivery-3")) == Version{0});
}

TEMPLATE_TEST_CASE("an expectation may name a stream that the commit does not write", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  fill(log, "campaign-1", 1, 2);
  CHECK(append(log, {event("delivery-1", 1)}, {{stream_named("campaign-1"), ExpectedVersion::exactly(Version{2})}}));
  CHECK(code_of(append(log, {event("delivery-1", 2)},
                       {{stream_named("campaign-1"), ExpectedVersion::exactly(Version{1})}})) == Errc::wrong_version);
  CHECK(*log.head(stream_named("delivery-1")) == Version{1});
}

TEMPLATE_TEST_CASE("a retry is recognised by its ids, whatever it expects", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  const auto stream = stream_named("delivery-1");
  const std::vector<NewEvent> events{event("delivery-1", 1), event("delivery-2", 1), event("delivery-1", 2)};
  const auto first = append(log, events);
  REQUIRE(first);
  CHECK_FALSE(first->already_there);
  fill(log, "delivery-1", 50, 20);

  const auto expected = GENERATE(ExpectedVersion::any(), ExpectedVersion::no_stream(), ExpectedVersion::stream_exists(),
                                 ExpectedVersion::exactly(Version{2}), ExpectedVersion::exactly(Version{99}));
  const auto again = append(log, events, {{stream, expected}});
  REQUIRE(again);
  CHECK(again->already_there);
  CHECK(again->events == first->events);
  CHECK(*log.head() == Position{23});
}

TEMPLATE_TEST_CASE("the same ids in another way are an id conflict", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  REQUIRE(append(log, {event("delivery-1", 1), event("delivery-1", 2)}));
  const auto refusal = [&](const std::vector<NewEvent>& events) {
    const auto refused = append(log, events);
    CHECK(code_of(refused) == Errc::id_conflict);
    return refused.error().message();
  };
  const auto id = id_of(1).to_string();

  SECTION("only some are there") {
    CHECK(refusal({event("delivery-1", 1), event("delivery-1", 3)}) ==
          "id_conflict: append [delivery-1]: event id " + id + " is stored, but " + id_of(3).to_string() +
              " of the same commit is not");
  }
  SECTION("in another order") {
    CHECK(refusal({event("delivery-1", 2), event("delivery-1", 1)}) ==
          "id_conflict: append [delivery-1]: event id " + id + " is stored, but in another order");
  }
  SECTION("with other data") {
    CHECK(refusal({event("delivery-1", 1, "other"), event("delivery-1", 2)}) ==
          "id_conflict: append [delivery-1]: event id " + id + " is stored at version 1 with other content");
  }
  SECTION("with another type, organization or time") {
    auto changed = event("delivery-1", 1);
    changed.type = "Else";
    refusal({changed});
    changed = event("delivery-1", 1);
    changed.organization = "org-2";
    refusal({changed});
    changed = event("delivery-1", 1);
    changed.created_at = noon.plus_seconds(1);
    refusal({changed});
  }
  CHECK(*log.head() == Position{2});
}

TEMPLATE_TEST_CASE("whether other bytes are the same event is for the caller to say", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  const SchemaId old{id_of(7).uuid};
  const SchemaRecord old_record{old, as_bytes("old")};
  auto first = event("delivery-1", 1);
  first.schema = old;
  REQUIRE(log.append({.events = {&first, 1}, .schemas = {&old_record, 1}}));
  auto again = event("delivery-1", 1, "other bytes");
  again.schema = SchemaId{id_of(8).uuid};
  CHECK(code_of(append(log, {again})) == Errc::id_conflict);

  std::string asked;
  Result<bool> answer = true;
  const auto is_same = [&](const NewEvent& given, const RecordedEvent& stored, BytesView schema) {
    asked = std::string{as_text(given.data)} + ", " + std::string{as_text(stored.data)} + " of schema " +
            std::string{as_text(schema)};
    return answer;
  };
  const auto retry = [&] { return log.append({.events = {&again, 1}, .is_same = is_same}); };
  const auto same = retry();
  REQUIRE(same);
  CHECK(same->already_there);
  CHECK(same->events == std::vector<Placed>{{Version{1}, Position{1}}});
  CHECK(asked == "other bytes, data of schema old");
  answer = false;
  CHECK(code_of(retry()) == Errc::id_conflict);
  answer = failure(Errc::unreadable_schema, "compare", "delivery-1");
  CHECK(code_of(retry()) == Errc::unreadable_schema);
  CHECK(*log.head() == Position{1});
}

TEMPLATE_TEST_CASE("an event id belongs to its stream", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  CHECK(append(log, {event("delivery-1", 1), event("delivery-2", 1)}));
  CHECK_FALSE(append(log, {event("delivery-3", 1)})->already_there);
  CHECK(log.find(stream_named("delivery-2"), id_of(1))->events[0].position == Position{2});
  CHECK(code_of(log.find(stream_named("delivery-2"), id_of(2))) == Errc::not_found);
  CHECK(code_of(log.find(stream_named("delivery-9"), id_of(1))) == Errc::not_found);
}

TEMPLATE_TEST_CASE("a commit to several streams takes effect in the order given", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  fill(log, "delivery-2", 90, 1);
  const auto receipt = append(log, {event("delivery-1", 1), event("delivery-2", 1), event("delivery-1", 2)});
  REQUIRE(receipt);
  CHECK(receipt->events ==
        std::vector<Placed>{{Version{1}, Position{2}}, {Version{2}, Position{3}}, {Version{2}, Position{4}}});
  CHECK(versions_of(*log.read_all()) == Numbers{1, 1, 2, 2});
  CHECK(positions_of(*log.read_all()) == Numbers{1, 2, 3, 4});
  CHECK(positions_of(*log.read_stream(stream_named("delivery-1"))) == Numbers{2, 4});
}

TEMPLATE_TEST_CASE("a stream belongs to the organization of its first event", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  fill(log, "delivery-1", 1, 1);
  auto foreign = event("delivery-1", 2);
  foreign.organization = "org-2";
  const auto refused = append(log, {event("delivery-2", 1), foreign});
  CHECK(code_of(refused) == Errc::wrong_organization);
  CHECK(refused.error().message() ==
        "wrong_organization: append [delivery-1]: the stream belongs to another organization");
  auto second = event("delivery-3", 2);
  second.organization = "org-2";
  CHECK(code_of(append(log, {event("delivery-3", 1), second})) == Errc::wrong_organization);
  CHECK(*log.head() == Position{1});
  CHECK(log.info(stream_named("delivery-1"))->organization == "org-1");
}

TEMPLATE_TEST_CASE("an event and a commit have their limits", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  const auto sized = [](std::uint64_t id, const std::string& data) { return event("delivery-1", id, data); };
  const std::size_t names = std::string_view{"delivery-1Happenedorg-1"}.size();
  const std::string largest(event_bytes_max - names, 'x');
  const std::string larger = largest + 'x';
  const std::string huge(std::size_t{17} * 1024 * 1024 - names, 'x');
  CHECK(append(log, {sized(1, largest)}));
  CHECK(log.read_stream(stream_named("delivery-1"))->events[0].data.size() == largest.size());
  CHECK(code_of(append(log, {sized(2, larger)})) == Errc::too_large);
  CHECK(append(log, {sized(2, huge)}).error().message() ==
        "too_large: append [delivery-1]: event is 17825792 bytes, the limit is 16777216");
  const auto four = append(log, {sized(3, largest), sized(4, largest), sized(5, largest), sized(6, largest)});
  CHECK(code_of(four) == Errc::too_large);
  CHECK(four.error().message() == "too_large: append: commit is 67109312 bytes, the limit is 67108864");
  CHECK(*log.head() == Position{1});
}

TEMPLATE_TEST_CASE("malformed commits are refused with the reason", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  const auto reason = [&](const std::vector<NewEvent>& events, const std::vector<Expectation>& expectations = {}) {
    const auto refused = append(log, events, expectations);
    CHECK(code_of(refused) == Errc::invalid_argument);
    return refused.error().detail;
  };
  const std::string long_name(name_bytes_max + 1, 'x');
  auto changed = event("delivery-1", 1);
  CHECK(reason({}) == "a commit needs an event or an outcome");
  CHECK(reason({changed, changed}) == "event id " + id_of(1).to_string() + " is twice in the commit");
  changed.id = EventId{};
  CHECK(reason({changed}) == "an event needs an id");
  changed = event("delivery-1", 1);
  changed.type = long_name;
  CHECK(reason({changed}) == "type is 201 bytes, the limit is 200");
  changed.type = "";
  CHECK(reason({changed}) == "an event needs a type");
  changed = event("delivery-1", 1);
  changed.organization = long_name;
  CHECK(reason({changed}) == "organization is 201 bytes, the limit is 200");
  changed = event("delivery-1", 1);
  changed.schema = SchemaId{id_of(5).uuid};
  CHECK(reason({changed}) ==
        "neither the log nor the commit describes schema " + id_of(5).to_string() + " of Happened");
  const auto stream = stream_named("delivery-1");
  CHECK(reason({event("delivery-1", 1)}, {{stream, ExpectedVersion::any()}, {stream, ExpectedVersion::no_stream()}}) ==
        "two expectations on one stream");
  CHECK(*log.head() == Position{0});
}

TEMPLATE_TEST_CASE("recorded_at follows the clock and never goes back", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  fill(log, "delivery-1", 1, 1);
  engine.clock.advance_seconds(-3600);
  fill(log, "delivery-1", 2, 1);
  engine.clock.advance_seconds(7200);
  fill(log, "delivery-1", 3, 1);
  const auto page = log.read_all();
  CHECK(page->events[0].recorded_at == noon);
  CHECK(page->events[1].recorded_at == noon);
  CHECK(page->events[2].recorded_at == noon.plus_seconds(3600));
}

}  // namespace append_laws
