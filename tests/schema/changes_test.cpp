#include <eventstore/schema/changes.hpp>
#include <eventstore/schema/changes_text.hpp>

#include <catch2/catch.hpp>

#include "schema/samples.hpp"

namespace changes_test {

using namespace eventstore;
using namespace samples;

namespace {

std::string changes(const Everything& before, const Everything& after) {
  return changes_between(before, after).to_json();
}

template <class Change> std::string after_change(Change change) {
  auto after = example();
  change(after);
  return changes(example(), after);
}

}  // namespace

TEST_CASE("equal values have no changes", "[schema][diff]") {
  const auto found = changes_between(example(), example());
  CHECK(found.empty());
  CHECK(found.to_json() == R"({"before":{},"after":{}})");
}

TEST_CASE("only the fields that differ are shown, as they were and as they are", "[schema][diff]") {
  CHECK(after_change([](Everything& all) {
          all.flag = false;
          all.verb = Verb::create;
        }) == R"({"before":{"flag":true,"verb":"delete"},"after":{"flag":false,"verb":"create"}})");
}

TEST_CASE("a nested record is entered", "[schema][diff]") {
  CHECK(after_change([](Everything& all) { all.nested.length = 9; }) ==
        R"({"before":{"nested":{"length":2.5}},"after":{"nested":{"length":9.0}}})");
}

TEST_CASE("a map is compared entry by entry, and an entry on one side only is null on the other", "[schema][diff]") {
  CHECK(after_change([](Everything& all) {
          all.counts = {{"b", 3}, {"c", 4}};
        }) == R"({"before":{"counts":{"a":1,"b":-2,"c":null}},"after":{"counts":{"a":null,"b":3,"c":4}}})");
  CHECK(after_change([](Everything& all) { all.by_key["k"].count = 4; }) ==
        R"({"before":{"by_key":{"k":{"count":3}}},"after":{"by_key":{"k":{"count":4}}}})");
}

TEST_CASE("one changed entry of a large map is shown alone", "[schema][diff]") {
  Everything before = example();
  for (int i = 0; i < 1000; ++i) before.counts["key" + std::to_string(i)] = i;
  Everything after = before;
  after.counts["key500"] = -1;
  CHECK(changes(before, after) == R"({"before":{"counts":{"key500":500}},"after":{"counts":{"key500":-1}}})");
}

TEST_CASE("of a list the equal beginning and the equal end are left out", "[schema][diff]") {
  CHECK(after_change([](Everything& all) { all.words.push_back("x"); }) ==
        R"({"before":{"words":{"2":null}},"after":{"words":{"2":"x"}}})");
  CHECK(after_change([](Everything& all) { all.words.insert(all.words.begin(), "x"); }) ==
        R"({"before":{"words":{"0":null}},"after":{"words":{"0":"x"}}})");
  CHECK(after_change([](Everything& all) { all.words.clear(); }) ==
        R"({"before":{"words":{"0":"","1":"word"}},"after":{"words":{"0":null,"1":null}}})");
  CHECK(after_change([](Everything& all) {
          all.words = {"", "a", "b"};
        }) == R"({"before":{"words":{"1":"word","2":null}},"after":{"words":{"1":"a","2":"b"}}})");
}

TEST_CASE("an optional is null where it is empty and entered where it is full on both sides", "[schema][diff]") {
  CHECK(after_change([](Everything& all) { all.note.reset(); }) ==
        R"({"before":{"note":"noted"},"after":{"note":null}})");
  CHECK(after_change([](Everything& all) { all.size.reset(); }) ==
        R"({"before":{"size":{"length":1.5}},"after":{"size":null}})");
  CHECK(after_change([](Everything& all) { all.size->width = 2; }) ==
        R"({"before":{"size":{"width":null}},"after":{"size":{"width":2.0}}})");
}

namespace {

struct Labelled {
  EVENTSTORE_FIELDS(Labelled, (string, label, "none"));
};
struct Shared {
  EVENTSTORE_FIELDS(Shared, (es::Map<std::int64_t>, counts), (es::Map<std::optional<string>>, notes),
                    (es::List<string>, words), (es::List<std::optional<std::int64_t>>, places), (es::Map<Item>, items),
                    (es::Map<es::Json>, free));
};

void check_both_ways(const Shared& before, const Shared& after) {
  const auto changes = changes_between(before, after);
  CAPTURE(changes.to_json());
  const auto& type = schema_of<Shared>().type;
  CHECK(apply_changes(type, to_json(before), changes) == to_json(after));
  CHECK(apply_changes(type, to_json(after), changes, ChangeDirection::backward) == to_json(before));
}

}  // namespace

TEST_CASE("what maps and lists share is no change", "[schema][diff]") {
  Shared before{.counts = {{"a", 1}, {"b", 2}}, .words = {"x", "y", "z"}};
  auto after = before;
  CHECK(changes_between(before, after).empty());
  after.counts["b"] = 3;
  after.words.erase(std::size_t{1});
  after.words.push_back("y");
  CHECK(
      changes_between(before, after).to_json() ==
      R"({"before":{"counts":{"b":2},"words":{"1":"y","2":"z"}},"after":{"counts":{"b":3},"words":{"1":"z","2":"y"}}})");
  check_both_ways(before, after);
}

TEST_CASE("an entry that may be null is left out where it is missing", "[schema][diff]") {
  const Shared before{.notes = {{"a", "x"}, {"b", {}}, {"c", "y"}}, .places = {1, {}, 3}};
  const Shared after{.notes = {{"a", {}}, {"c", "y"}, {"d", {}}}, .places = {1, {}, {}, 3}};
  CHECK(
      changes_between(before, after).to_json() ==
      R"({"before":{"notes":{"a":"x","b":null},"places":{}},"after":{"notes":{"a":null,"d":null},"places":{"2":null}}})");
  check_both_ways(before, after);
  check_both_ways(Shared{.free = {{"a", {"null"}}, {"b", {"1"}}}}, Shared{.free = {{"b", {"null"}}, {"c", {"{}"}}}});
  check_both_ways(Shared{.items = {{"a", {"one", 1}}, {"c", {"two", 2}}}},
                  Shared{.items = {{"a", {"one", 2}}, {"b", {"three", 3}}}});
}

TEST_CASE("the first change has nothing before and every value after", "[schema][diff]") {
  const auto first = changes_from_nothing(example());
  CHECK(first.before == "{}");
  CHECK_THAT(first.after, Catch::Contains(R"("words":["","word"])") && Catch::Contains(R"("time":"2026)"));
  Everything empty{};
  empty.i64 = 7;
  const auto few = changes_from_nothing(empty);
  CHECK_THAT(few.after, Catch::Contains(R"("i64":7)") && !Catch::Contains("1970") && !Catch::Contains(R"("text")") &&
                            !Catch::Contains(R"("words")") && !Catch::Contains(R"("uuid")"));
  CHECK(apply_changes(schema_of<Everything>().type, to_json(example()), first, ChangeDirection::backward) == "{}");
}

TEST_CASE("a default that was emptied by the first event is a value", "[schema][diff]") {
  const auto changes = changes_from_nothing(Labelled{""});
  CHECK(changes.to_json() == R"({"before":{},"after":{"label":""}})");
  CHECK(changes_from_nothing(Labelled{"none"}).after == R"({"label":"none"})");
}

TEST_CASE("changes of another value are refused", "[schema][diff]") {
  const auto& type = schema_of<Shared>().type;
  const Shared before{.counts = {{"a", 1}}, .words = {"x", "y"}};
  const auto changes = changes_between(before, Shared{.counts = {{"b", 1}}, .words = {"x", "z"}});
  for (const auto& other : {Shared{}, Shared{.counts = {{"a", 1}}}, Shared{.words = {"x", "y"}},
                            Shared{.counts = {{"a", 1}, {"b", 2}}, .words = {"x", "y"}}}) {
    const auto applied = apply_changes(type, to_json(other), changes);
    REQUIRE_FALSE(applied);
    CHECK(applied.error().code == Errc::invalid_argument);
    CHECK_THAT(applied.error().detail, Catch::StartsWith("the changes are of another value"));
  }
  CHECK_FALSE(apply_changes(type, "[]", changes));
  CHECK_FALSE(apply_changes(type, "{}", Changes{"{", "{"}));
}

namespace {

struct Kept {
  EVENTSTORE_FIELDS(Kept, (std::int64_t, seen), (std::optional<std::string>, waiting, , bookkeeping));
};
struct Keeper {
  EVENTSTORE_FIELDS(Keeper, (Kept, kept), (std::vector<std::int64_t>, places, , bookkeeping));
};

}  // namespace

TEST_CASE("a field that a state keeps for itself is no change at any depth", "[schema][diff]") {
  const auto changes = [](const Keeper& before, const Keeper& after) { return changes_between(before, after); };
  CHECK(changes({{1, {}}, {}}, {{1, {}}, {1, 2}}).empty());
  CHECK(changes({{1, {}}, {}}, {{2, "m-1"}, {1}}).to_json() ==
        R"({"before":{"kept":{"seen":1}},"after":{"kept":{"seen":2}}})");
  // A bookkeeping field that alone differs in a nested record leaves no empty record behind.
  CHECK(changes({{1, {}}, {}}, {{1, "m-1"}, {}}).empty());
}

TEST_CASE("whole states are rebuilt from changes that have all fields", "[schema][diff]") {
  const Keeper before{{1, {}}, {}};
  const Keeper after{{1, "m-1"}, {1, 2}};
  const auto changes = changes_between(before, after, ChangedFields::all);
  CHECK(changes.to_json() == R"({"before":{"kept":{"waiting":null},"places":{"0":null,"1":null}},)"
                             R"("after":{"kept":{"waiting":"m-1"},"places":{"0":1,"1":2}}})");
  const auto& type = schema_of<Keeper>().type;
  CHECK(*apply_changes(type, to_json(before), changes) == to_json(after));
  CHECK(*apply_changes(type, to_json(after), changes, ChangeDirection::backward) == to_json(before));
  CHECK(*apply_changes(type, to_json(Keeper{}), changes_from_nothing(after, ChangedFields::all)) == to_json(after));
}

TEST_CASE("changes are told to people in one line", "[schema][diff]") {
  const auto told = [](const string& before, const string& after) {
    JsonDocument was;
    JsonDocument is;
    return describe_changes(*was.parse(before), *is.parse(after));
  };
  CHECK(told(R"({"status":"a","note":""})", R"({"status":"b","note":null})") == "status: a → b; note: \"\" → null");
  CHECK(told("{}", R"({"status":"a","size":{"length":1}})") == R"(status: a; size: {"length":1})");
  CHECK(told(R"({"steps":{"3":null}})", R"({"steps":{"3":{"at":1}}})") == R"(steps[3]: + {"at":1})");
  CHECK(told(R"({"steps":{"3":{"at":1},"4":1}})", R"({"steps":{"3":null,"4":2}})") ==
        R"(steps[3]: - {"at":1}; steps[4]: 1 → 2)");
  CHECK(told(R"({"counts":{"a":null,"b":{"c":1}}})", R"({"counts":{"a":1,"b":{"c":2}}})") ==
        "counts.a: null → 1; counts.b.c: 1 → 2");
  CHECK(told(R"({"notes":{"a":"x"}})", R"({"notes":{"b":null}})") == "notes.b: + null; notes.a: - x");
}

}  // namespace changes_test
