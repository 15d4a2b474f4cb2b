// What each step of a stream changed.
#include <eventstore/history/blame.hpp>

#include <nlohmann/json.hpp>

#include "playback.hpp"

namespace changes_of_test {

using namespace eventstore;
using eventstore::testing::each_playback;
using eventstore::testing::must;
using eventstore::testing::Playback;
using nlohmann::json;

namespace {

// Changes do not tell of what a state keeps for itself.
json told(const std::string& state) {
  auto document = json::parse(state);
  for (const auto* const kept :
       {"hidden", "early", "early_counts", "early_statuses", "early_changes", "message_aliases"})
    document.erase(kept);
  return document;
}

void append_unknown(Playback& played) {
  const std::string_view data{"{}"};
  const NewEvent event{played.stream,
                       EventId{new_uuid(played.clock)},
                       "BoardPainted",
                       "default",
                       played.clock.now(),
                       SchemaId{},
                       Codec::json,
                       0,
                       {},
                       as_bytes(data)};
  REQUIRE(played.log.append(Commit{{&event, 1}}));
}

}  // namespace

TEST_CASE("the changes of the steps one after another make each state", "[history]") {
  std::size_t steps = 0;
  each_playback(8, 60, [&](const Playback& played) {
    const auto& type = played.type.state_schema->type;
    auto state = played.states.front();
    const auto apply = [&](const Step& step) {
      state = must(apply_changes(type, state, changes_of(step)));
      REQUIRE(told(state) == told(played.states[step.event.version.value]));
      ++steps;
      return true;
    };
    REQUIRE(each_step(played.log, played.schemas, played.type, played.stream, {}, apply));
  });
  CHECK(steps > 900);
}

TEST_CASE("an event that the build does not know changes nothing and is blamed for nothing", "[history][blame]") {
  Playback played{aggregate<board::Board>(), 3, 0};
  append_unknown(played);
  const auto only = must(blame(played.log, played.schemas, played.type, played.stream));
  for (const auto& value : only.values) CHECK(value.version == Version{0});
  const DecidedEvent shuffled{&schema_of<board::Shuffled>(), encode(board::Shuffled{5})};
  REQUIRE(append_events(played.log, played.clock, played.stream, {&shuffled, 1}, {}));
  append_unknown(played);
  std::vector<bool> changed;
  const auto look = [&](const Step& step) {
    changed.push_back(!changes_of(step).empty());
    return true;
  };
  REQUIRE(each_step(played.log, played.schemas, played.type, played.stream, {}, look));
  CHECK(changed == std::vector<bool>{false, true, false});
  const auto blamed = must(blame(played.log, played.schemas, played.type, played.stream));
  CHECK(blamed.version == Version{3});
  REQUIRE(blamed.events.size() == 1);
  CHECK(blamed.events.begin()->first == Version{2});
}

}  // namespace changes_of_test
