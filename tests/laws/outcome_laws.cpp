// What every engine promises about the outcomes of commands.
#include "laws/event_log_laws.hpp"

namespace outcome_laws {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

Outcome outcome(std::string_view stream, std::uint64_t command, std::string_view result, std::uint64_t content = 1) {
  return {stream_named(stream), id_of(command).uuid, id_of(content).uuid, "org-1", as_bytes(result)};
}

Result<Receipt> append(EventLog& log, const std::vector<NewEvent>& events, const std::vector<Outcome>& outcomes,
                       const std::vector<Expectation>& expectations = {}) {
  return log.append({.events = events, .expectations = expectations, .outcomes = outcomes});
}

std::string result_of(const EventLog& log, std::string_view stream, std::uint64_t command) {
  const auto found = log.find_outcome(stream_named(stream), id_of(command).uuid);
  return found ? std::string{as_text(found->result)} : std::string{to_string(found.error().code)};
}

}  // namespace

TEMPLATE_TEST_CASE("an outcome is found by its stream and its command's id", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  REQUIRE(append(log, {event("delivery-1", 1)}, {outcome("delivery-1", 100, "done")}));

  const auto found = log.find_outcome(stream_named("delivery-1"), id_of(100).uuid);
  REQUIRE(found);
  CHECK(as_text(found->result) == "done");
  CHECK(found->content == id_of(1).uuid);
  CHECK(found->organization == "org-1");
  CHECK(found->recorded_at == noon);
  CHECK(result_of(log, "delivery-2", 100) == "not_found");
  CHECK(result_of(log, "delivery-1", 101) == "not_found");
  // The id of a command is not that of an event, nor the other way round.
  CHECK(result_of(log, "delivery-1", 1) == "not_found");
  CHECK(code_of(log.find(stream_named("delivery-1"), id_of(100))) == Errc::not_found);
}

TEMPLATE_TEST_CASE("an outcome alone takes no position and makes no stream", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  fill(log, "delivery-1", 1, 2);
  const auto receipt = append(log, {}, {outcome("delivery-9", 100, "refused")});
  REQUIRE(receipt);
  CHECK(receipt->events.empty());
  CHECK_FALSE(receipt->already_there);
  CHECK(*log.head() == Position{2});
  CHECK(*log.head(stream_named("delivery-9")) == Version{0});
  CHECK(result_of(log, "delivery-9", 100) == "refused");
  fill(log, "delivery-9", 5, 1);
  CHECK(log.read_all()->events.size() == 3);
  CHECK(log.read_all()->events.back().position == Position{3});
}

TEMPLATE_TEST_CASE("a command that is repeated by its id appends nothing, whatever its events are now", "[laws]",
                   LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  const auto first = [&] { return append(log, {}, {outcome("delivery-1", 100, "nothing to do")}); };
  REQUIRE(first());
  fill(log, "delivery-1", 1, 2);

  const auto same = first();
  REQUIRE(same);
  CHECK(same->already_there);
  const auto decided_otherwise = append(log, {event("delivery-1", 50)}, {outcome("delivery-1", 100, "one event")},
                                        {{stream_named("delivery-1"), ExpectedVersion::no_stream()}});
  REQUIRE(decided_otherwise);
  CHECK(decided_otherwise->already_there);
  CHECK(decided_otherwise->events.empty());
  CHECK(*log.head() == Position{2});
  CHECK(result_of(log, "delivery-1", 100) == "nothing to do");
}

TEMPLATE_TEST_CASE("another command under a known id is a conflict, and writes nothing", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  REQUIRE(append(log, {event("delivery-1", 1)}, {outcome("delivery-1", 100, "done")}));
  const auto refused = append(log, {event("delivery-1", 2)}, {outcome("delivery-1", 100, "done", 2)});
  REQUIRE(code_of(refused) == Errc::id_conflict);
  CHECK(refused.error().message() == "id_conflict: append [delivery-1]: command id " + id_of(100).to_string() +
                                         " was used for another command or other data");
  const auto in_part =
      append(log, {event("delivery-1", 2)}, {outcome("delivery-1", 100, "done"), outcome("delivery-2", 100, "done")});
  REQUIRE(code_of(in_part) == Errc::id_conflict);
  CHECK(in_part.error().message() ==
        "id_conflict: append [delivery-1]: some command ids of the commit were used before, and others were not");
  CHECK(*log.head() == Position{1});
  CHECK(result_of(log, "delivery-2", 100) == "not_found");
}

TEMPLATE_TEST_CASE("an outcome without an id, an organization or a place of its own is refused", "[laws]",
                   LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  fill(log, "delivery-1", 1, 1);
  const auto refusal = [&](const std::vector<Outcome>& outcomes) {
    const auto refused = append(log, {}, outcomes);
    return refused ? std::string{"taken"} : refused.error().message();
  };
  auto nil = outcome("delivery-1", 1, "");
  nil.command_id = {};
  CHECK(refusal({nil}) == "invalid_argument: append [delivery-1]: an outcome needs the id of its command");
  auto nobody = outcome("delivery-1", 1, "");
  nobody.organization = {};
  CHECK(refusal({nobody}) == "invalid_argument: append [delivery-1]: an outcome needs an organization");
  nobody.organization = "org-2";
  CHECK(refusal({nobody}) == "wrong_organization: append [delivery-1]: the stream belongs to another organization");
  const std::string large(outcome_bytes_max + 1, 'x');
  CHECK(refusal({outcome("delivery-1", 1, large)}) ==
        "too_large: append [delivery-1]: the result of a command is 65537 bytes, the limit is 65536");
  CHECK(refusal({outcome("delivery-1", 1, "a"), outcome("delivery-1", 1, "b")}) ==
        "invalid_argument: append [delivery-1]: command id " + id_of(1).to_string() + " is twice in the commit");
  CHECK(refusal({}) == "invalid_argument: append: a commit needs an event or an outcome");
  CHECK(result_of(log, "delivery-1", 1) == "not_found");
}

TEMPLATE_TEST_CASE("outcomes are found through many segments, among events", "[laws]", LOG_ENGINES) {
  TestType engine;
  auto& log = *engine.log;
  const auto stream_of = [](std::uint64_t i) { return "delivery-" + std::to_string(i % 7); };
  for (std::uint64_t i = 1; i <= 300; ++i) {
    const auto result = std::to_string(i);
    const auto stream = stream_of(i);
    const std::vector<NewEvent> events{event(stream, i)};
    REQUIRE(append(log, i % 3 == 0 ? std::vector<NewEvent>{} : events, {outcome(stream, 1000 + i, result)}));
  }
  for (std::uint64_t i = 1; i <= 300; ++i) {
    CHECK(result_of(log, stream_of(i), 1000 + i) == std::to_string(i));
    CHECK(result_of(log, stream_of(i + 1), 1000 + i) == "not_found");
    CHECK(append(log, {}, {outcome(stream_of(i), 1000 + i, "again")})->already_there);
    CHECK(log.find(stream_named(stream_of(i)), id_of(i)).has_value() == (i % 3 != 0));
  }
  CHECK(*log.head() == Position{200});
}

}  // namespace outcome_laws
