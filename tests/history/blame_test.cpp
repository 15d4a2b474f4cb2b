// Who set each field of a state.
#include <eventstore/history/blame.hpp>

#include "naive_blame.hpp"
#include "playback.hpp"

namespace blame_test {

using namespace eventstore;
using eventstore::testing::each_playback;
using eventstore::testing::must;
using eventstore::testing::NaiveBlame;
using eventstore::testing::NaiveBlamer;
using eventstore::testing::Playback;
using nlohmann::json;

namespace {

// "by = value" of each set, by path.
using Shown = std::map<std::string, std::vector<std::string>>;

Shown shown(const NaiveBlame& rows) {
  Shown text;
  for (const auto& [path, sets] : rows)
    for (const auto& [by, value] : sets)
      text[path].push_back(std::to_string(by) + " = " + (value ? value->dump() : "nothing"));
  return text;
}

Shown shown(const Blame& blame) {
  Shown text;
  for (const auto& [path, value, version] : blame.values)
    text[path.text()].push_back(std::to_string(version.value) + " = " +
                                (value.empty() ? "nothing" : json::parse(value).dump()));
  return text;
}

Blame blamed(const Playback& played, const Moment& moment = Present{}, const std::string& within = {},
             BlameDepth depth = BlameDepth::last) {
  const auto path = within.empty() ? StatePath{} : must(StatePath::parse(played.type.state_schema->type, within));
  return must(blame(played.log, played.schemas, played.type, played.stream, moment, path, depth));
}

Error error(const Playback& played, const std::string& within) {
  const auto path = must(StatePath::parse(played.type.state_schema->type, within));
  const auto found = blame(played.log, played.schemas, played.type, played.stream, Present{}, path);
  REQUIRE_FALSE(found);
  return found.error();
}

}  // namespace

TEST_CASE("who set each field is what a comparison of all whole states finds", "[history][blame]") {
  std::size_t states = 0;
  each_playback(10, 40, [&](const Playback& played) {
    NaiveBlamer naive{played.type.state_schema->type, json::parse(played.states.front())};
    for (std::uint64_t version = 1; version <= played.head(); ++version) {
      naive.next(json::parse(played.states[version]));
      CAPTURE(version, played.states[version - 1], played.states[version]);
      REQUIRE(shown(blamed(played, Version{version})) == shown(naive.rows(false)));
      REQUIRE(shown(blamed(played, Version{version}, {}, BlameDepth::all)) == shown(naive.rows(true)));
      ++states;
    }
  });
  CHECK(states > 700);
}

TEST_CASE("each value that a state has is blamed once and as it is", "[history][blame]") {
  each_playback(3, 40, [](const Playback& played) {
    const auto found = blamed(played);
    const auto state = json::parse(played.states.back());
    std::set<std::string> paths;
    for (const auto& [path, value, version] : found.values) {
      REQUIRE(paths.insert(path.text()).second);
      const json::json_pointer place{path.pointer()};
      REQUIRE(state.contains(place) != value.empty());
      if (!value.empty()) REQUIRE(state.at(place) == json::parse(value));
      REQUIRE(found.events.contains(version) == (version != Version{0}));
    }
    for (const auto& [version, event] : found.events) {
      const auto page = must(played.log.read_stream(played.stream, {version, Direction::forward, 1}));
      const auto& recorded = page.events.front();
      REQUIRE(event.id == recorded.id);
      REQUIRE(event.type == recorded.type);
      REQUIRE(event.position == recorded.position);
      REQUIRE(event.created_at == recorded.created_at);
      REQUIRE(event.user_id == must(metadata_of(recorded)).user_id);
    }
  });
}

TEST_CASE("a path restricts the answer to what stands there", "[history][blame]") {
  each_playback(2, 40, [](const Playback& played) {
    const auto whole = shown(blamed(played));
    for (const auto& [path, sets] : whole) REQUIRE(shown(blamed(played, Present{}, path)) == Shown{{path, sets}});
  });
}

TEST_CASE("a path to what is not there is told", "[history][blame]") {
  const Playback played{aggregate<board::Board>(), 1, 3};
  CHECK(error(played, "hidden").code == Errc::invalid_argument);
  CHECK_THAT(error(played, "hidden").detail, Catch::Contains("bookkeeping"));
  CHECK(error(played, "scores.never").code == Errc::not_found);
  CHECK(error(played, "words[99999]").code == Errc::not_found);
  CHECK_THAT(error(played, "words[18446744073709551615]").detail, Catch::Contains("the list has"));
}

TEST_CASE("a stream that does not exist blames nobody", "[history][blame]") {
  const Playback played{aggregate<board::Board>(), 1, 3};
  const auto other = *StreamId::of("board", "other");
  CHECK(blame(played.log, played.schemas, played.type, other).error().code == Errc::not_found);
  CHECK(blame(played.log, played.schemas, played.type, played.stream, Version{99}).error().code == Errc::not_found);
}

}  // namespace blame_test
