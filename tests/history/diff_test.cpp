// Differences between states, and patches, which code that is not ours applies.
#include <eventstore/history/diff.hpp>

#include <nlohmann/json.hpp>

#include "playback.hpp"

namespace diff_test {

using namespace eventstore;
using eventstore::testing::each_playback;
using eventstore::testing::must;
using eventstore::testing::Playback;
using nlohmann::json;

namespace {

using Lines = std::vector<std::string>;

// "~ path: before -> after" of each difference between two boards.
template <class Change> Lines lines_after(board::Board::State before, Change change) {
  auto after = before;
  change(after);
  const auto& type = schema_of<board::Board::State>().type;
  Lines lines;
  for (const auto& each : must(differences_between(type, to_json(before), to_json(after)))) {
    const auto sign = each.kind == DifferenceKind::added ? "+ " : each.kind == DifferenceKind::removed ? "- " : "~ ";
    lines.push_back(sign + each.path.text() + ": " + each.before + " -> " + each.after);
  }
  return lines;
}

// What a comparison of whole documents finds: the pointers of all that differs, in a few words.
void differing(const json& before, const json& after, const std::string& at, std::set<std::string>& to) {
  if (before == after) return;
  if (!before.is_object() || !after.is_object()) {
    to.insert(at);
    return;
  }
  for (const auto& side : {before, after})
    for (const auto& [key, ignored] : side.items()) {
      const json::json_pointer member = json::json_pointer{} / key;
      const auto path = at + member.to_string();
      if (!before.contains(key) || !after.contains(key))
        to.insert(path);
      else
        differing(before.at(key), after.at(key), path, to);
    }
}

bool is_within(const std::string& pointer, const std::string& outer) {
  return pointer == outer || pointer.starts_with(outer + "/");
}

void check_both(const Type& type, const std::string& before, const std::string& after) {
  const auto differences = must(differences_between(type, before, after));
  const auto patch = json_patch(differences);
  CAPTURE(before, after, patch);
  REQUIRE(json::parse(before).patch(json::parse(patch)) == json::parse(after));
  std::set<std::string> places;
  differing(json::parse(before), json::parse(after), "", places);
  for (const auto& place : places)
    REQUIRE(std::any_of(differences.begin(), differences.end(), [&](const auto& each) {
      return is_within(each.path.pointer(), place) || is_within(place, each.path.pointer());
    }));
  for (const auto& each : differences) {
    const auto path = each.path.text();
    REQUIRE(must(StatePath::parse(type, path)) == each.path);
    REQUIRE(std::any_of(places.begin(), places.end(), [&](const auto& place) {
      return is_within(each.path.pointer(), place) || is_within(place, each.path.pointer());
    }));
  }
}

}  // namespace

TEST_CASE("a difference has its path and both sides", "[history][diff]") {
  board::Board::State b;
  b.pins = {{"a", {}, {}}, {"b", "red", {}}};
  b.named.insert_or_assign("k.1", board::Pin{"x", {}, {}});
  b.words = {"one", "two"};
  CHECK(lines_after(b, [](auto& s) { s.title = "t"; }) == Lines{R"(~ title: "untitled" -> "t")"});
  CHECK(lines_after(b, [](auto& s) {
          s.best = board::Pin{"p", {}, {}};
        }) == Lines{R"(+ best:  -> {"text":"p","tags":[]})"});
  CHECK(lines_after(b, [](auto& s) { s.pins.edit(1).colour.reset(); }) == Lines{R"(- pins[1].colour: "red" -> )"});
  CHECK(lines_after(b, [](auto& s) { s.named["k.1"].text = "y"; }) == Lines{R"(~ named["k.1"].text: "x" -> "y")"});
  CHECK(lines_after(b, [](auto& s) { s.named.clear(); }) == Lines{R"(- named["k.1"]: {"text":"x","tags":[]} -> )"});
  CHECK(lines_after(b, [](auto& s) { s.where.y = 3; }) == Lines{"+ y:  -> 3"});
  CHECK(lines_after(b, [](auto& s) { s.labels = {"l"}; }) == Lines{R"(~ labels: [] -> ["l"])"});
  CHECK(lines_after(b, [](auto& s) { s.hidden = 1; }) == Lines{"~ hidden: 0 -> 1"});
  CHECK(lines_after(b, [](auto&) {}).empty());
}

TEST_CASE("elements that moved are no difference", "[history][diff]") {
  board::Board::State b;
  b.words = {"a", "b", "c", "d", "e"};
  CHECK(lines_after(b, [](auto& s) { s.words.insert(s.words.begin(), "n"); }) == Lines{R"(+ words[0]:  -> "n")"});
  CHECK(lines_after(b, [](auto& s) {
          s.words = {"b", "c", "x", "e"};
        }) == Lines{R"(- words[0]: "a" -> )", R"(~ words[2]: "d" -> "x")"});
  CHECK(lines_after(b, [](auto& s) { s.words = {"a", "x", "c", "y", "z", "e"}; }) ==
        Lines{R"(~ words[1]: "b" -> "x")", R"(~ words[3]: "d" -> "y")", R"(+ words[4]:  -> "z")"});
  CHECK(lines_after(b, [](auto& s) { s.words = {"c"}; }) ==
        Lines{R"(- words[4]: "e" -> )", R"(- words[3]: "d" -> )", R"(- words[1]: "b" -> )", R"(- words[0]: "a" -> )"});
}

TEST_CASE("lists too long for an alignment are compared place by place", "[history][diff]") {
  board::Board::State before;
  board::Board::State after;
  for (int i = 0; i < 1500; ++i) {
    before.words.push_back("old " + std::to_string(i));
    after.words.push_back("new " + std::to_string(i));
  }
  after.words[700] = before.words[700];
  after.words.push_back("one more");
  const auto& type = schema_of<board::Board::State>().type;
  CHECK(must(differences_between(type, to_json(before), to_json(after))).size() == 1500);
  check_both(type, to_json(before), to_json(after));
  check_both(type, to_json(after), to_json(before));
}

TEST_CASE("a patch of two states makes the later of the earlier and the other way round", "[history][diff]") {
  std::size_t pairs = 0;
  each_playback(12, 30, [&](const Playback& played) {
    const auto& type = played.type.state_schema->type;
    Random random{played.head()};
    for (std::uint64_t version = 1; version <= played.head(); ++version) {
      check_both(type, played.states[version - 1], played.states[version]);
      const auto other = random.below(played.states.size());
      check_both(type, played.states[version], played.states[other]);
      pairs += 2;
    }
  });
  CHECK(pairs > 1'500);
}

TEST_CASE("what changes tell of is what a comparison of the states finds", "[history][diff]") {
  each_playback(12, 30, [](const Playback& played) {
    const auto& type = played.type.state_schema->type;
    const auto shown = [](const std::vector<StateDifference>& differences, bool with_bookkeeping) {
      Lines lines;
      for (const auto& each : differences) {
        const auto& first = each.path.steps.front().name;
        const bool is_kept = first == "hidden" || first == "message_aliases" || first.starts_with("early");
        if (with_bookkeeping || !is_kept) lines.push_back(each.path.text() + each.before + each.after);
      }
      return lines;
    };
    for (std::uint64_t version = 2; version <= played.head(); ++version) {
      const auto changes = played.at(version)->changes_since(*played.at(version - 1));
      const auto told = must(differences_of(type, changes));
      const auto found = must(differences_between(type, played.states[version - 1], played.states[version]));
      CAPTURE(changes.to_json());
      REQUIRE(shown(told, true) == shown(found, false));
    }
  });
}

TEST_CASE("pointers are escaped", "[history][diff]") {
  CHECK(StatePath{{PathStep::key("a/b~c"), PathStep::key(""), PathStep::element(3)}}.pointer() == "/a~1b~0c//3");
  board::Board::State before;
  auto after = before;
  after.named.insert_or_assign("a/b~\"", board::Pin{});
  const auto& type = schema_of<board::Board::State>().type;
  CHECK(json_patch(must(differences_between(type, to_json(before), to_json(after)))) ==
        R"([{"op":"add","path":"/named/a~1b~0\"","value":{"text":"","tags":[]}}])");
  CHECK(json_patch({}) == "[]");
}

TEST_CASE("a text that is no object has no differences", "[history][diff]") {
  const auto& type = schema_of<board::Board::State>().type;
  CHECK(differences_between(type, "[]", "{}").error().code == Errc::invalid_argument);
  CHECK(differences_between(type, "{}", "{").error().code == Errc::invalid_argument);
}

}  // namespace diff_test
