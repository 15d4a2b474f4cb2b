#include <eventstore/schema/diff.hpp>

#include <catch2/catch.hpp>

#include "schema/samples.hpp"

using namespace eventstore;
using namespace samples;

namespace {

std::string changes(const Everything& before, const Everything& after) {
  const auto found = changes_between(schema_of<Everything>().type, encode(before), encode(after));
  REQUIRE(found);
  return found->to_json();
}

template <class Change> std::string after_change(Change change) {
  auto after = example();
  change(after);
  return changes(example(), after);
}

}  // namespace

TEST_CASE("equal values have no changes", "[schema][diff]") {
  const auto bytes = encode(example());
  const auto found = changes_between(schema_of<Everything>().type, bytes, bytes);
  REQUIRE(found);
  CHECK(found->empty());
  CHECK(found->to_json() == R"({"before":{},"after":{}})");
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

TEST_CASE("a list is shown whole", "[schema][diff]") {
  CHECK(after_change([](Everything& all) { all.words.push_back("x"); }) ==
        R"({"before":{"words":["","word"]},"after":{"words":["","word","x"]}})");
}

TEST_CASE("an optional is null where it is empty and entered where it is full on both sides", "[schema][diff]") {
  CHECK(after_change([](Everything& all) { all.note.reset(); }) ==
        R"({"before":{"note":"noted"},"after":{"note":null}})");
  CHECK(after_change([](Everything& all) { all.size.reset(); }) ==
        R"({"before":{"size":{"length":1.5}},"after":{"size":null}})");
  CHECK(after_change([](Everything& all) { all.size->width = 2; }) ==
        R"({"before":{"size":{"width":null}},"after":{"size":{"width":2.0}}})");
}

TEST_CASE("bytes that are not values of the record are corrupt_record", "[schema][diff]") {
  const auto& type = schema_of<Everything>().type;
  const auto whole = encode(example());
  auto other = example();
  other.flag = false;
  const auto changed = encode(other);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CAPTURE(length);
    const auto found = changes_between(type, BytesView{whole.data(), length}, changed);
    REQUIRE_FALSE(found);
    REQUIRE(found.error().code == Errc::corrupt_record);
  }
  CHECK_FALSE(changes_between(Type{Kind::int64}, Bytes(8), Bytes(8)));
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
  const auto changes = [](const Keeper& before, const Keeper& after) {
    const auto found = changes_between(schema_of<Keeper>().type, encode(before), encode(after));
    REQUIRE(found);
    return *found;
  };
  CHECK(changes({{1, {}}, {}}, {{1, {}}, {1, 2}}).empty());
  CHECK(changes({{1, {}}, {}}, {{2, "m-1"}, {1}}).to_json() ==
        R"({"before":{"kept":{"seen":1}},"after":{"kept":{"seen":2}}})");
  // A bookkeeping field that alone differs in a nested record leaves no empty record behind.
  CHECK(changes({{1, {}}, {}}, {{1, "m-1"}, {}}).empty());
}
