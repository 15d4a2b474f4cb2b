// Lines claim what their aggregates declare unique, and duplicates are told and not refused.
#include <eventstore/app/append.hpp>
#include <eventstore/app/state.hpp>

#include "app/club_house.hpp"

namespace unique_import_test {

using namespace club;

using Lines = std::vector<string>;

TEST_CASE("an import claims the values that its lines leave behind", "[unique][import]") {
  const ClubHouse house;
  auto store = house.open();
  const auto imported = house.import(store, joined("ada", "Ada@x") + joined("bob", "bob@x") +
                                                changed("ada", 2, "new@x") + joined("cyd", "ada@X") + left("bob", 2));
  CHECK(es::to_json(imported.counts) == R"({"read":5,"appended":5,"already_there":0,"refused":0,"unclaimed":0})");
  CHECK(owners(store) == Lines{"member-ada", "member-cyd"});
  CHECK_FALSE(store.execute<Member>("dan", Join{"NEW@x", {}}));
  CHECK(store.execute<Member>("dan", Join{"bob@x", {}}));
}

TEST_CASE("a value that another stream has is told and not claimed, and the line is appended", "[unique][import]") {
  const ClubHouse house;
  auto store = house.open();
  const auto imported = house.import(store, joined("ada", "ada@x") + joined("bob", "ADA@x"));
  CHECK(imported.counts.appended == 2);
  CHECK(imported.counts.duplicates == std::uint64_t{1});
  CHECK(imported.duplicates == Lines{R"({"line":2,"field":"email","stream":"member-bob"})"});
  CHECK(owners(store) == Lines{"member-ada"});
  // What was never claimed is not released.
  REQUIRE(store.execute<Member>("bob", Update{"bob@x", {}}));
  CHECK(owners(store) == Lines{"member-ada", "member-bob"});
}

TEST_CASE("importing a file again changes nothing, whatever happened since", "[unique][import]") {
  const ClubHouse house;
  auto store = house.open();
  const auto text =
      joined("ada", "ada@x") + joined("bob", "ADA@x") + changed("ada", 2, "new@x") + joined("cyd", "c@x", 0);
  house.import(store, text);
  REQUIRE(store.execute<Member>("ada", Update{"newer@x", {}}));
  const auto head = must(store.log().head());
  for (const auto& again : {text, joined("cyd", "c@x", 0) + joined("ada", "ada@x")}) {
    const auto imported = house.import(store, again);
    CHECK(imported.counts.appended == 0);
    CHECK_FALSE(imported.counts.duplicates);
  }
  CHECK(must(store.log().head()) == head);
}

TEST_CASE("lines that are partly there are imported one by one, with the claims of the new ones", "[unique][import]") {
  const ClubHouse house;
  auto store = house.open();
  house.import(store, joined("ada", "ada@x"));
  const auto imported = house.import(
      store, joined("ada", "ada@x") + changed("ada", 2, "new@x") + joined("bob", "ada@x") + joined("cyd", "new@x"));
  CHECK(imported.counts.appended == 3);
  CHECK(imported.counts.already_there == 1);
  CHECK(imported.duplicates == Lines{R"({"line":4,"field":"email","stream":"member-cyd"})"});
  CHECK(owners(store) == Lines{"member-ada", "member-bob"});
}

TEST_CASE("an import in batches claims as one line after the other would", "[unique][import]") {
  const ClubHouse house;
  auto store = house.open();
  string text;
  for (int i = 0; i < 2500; ++i)
    text += joined("m" + std::to_string(i), "user" + std::to_string(i % 2000) + "@x", i % 2);
  const auto imported = house.import(store, text);
  CHECK(imported.counts.appended == 2500);
  CHECK(imported.counts.duplicates == std::uint64_t{500});
  CHECK(imported.duplicates.front() == R"({"line":2001,"field":"email","stream":"member-m2000"})");
  CHECK(owners(store).size() == 2000);
  CHECK(house.import(store, text).counts.already_there == 2500);
}

TEST_CASE("an export with claims is imported into another store, which makes the claims under its own keys",
          "[unique][import]") {
  const ClubHouse house;
  string text;
  {
    auto store = house.open();
    REQUIRE(store.execute<Member>("ada", Join{"ada@x", "030"}));
    REQUIRE(store.execute<Member>("ada", Update{"new@x", {}}));
    for (const auto& event : must(store.log().read_all({.limit = es::no_limit})).events) {
      REQUIRE(es::append_event_line(event, store.schemas(), text));
      text += '\n';
    }
    const auto again = house.import(store, text);
    CHECK(again.counts.appended == 0);
    CHECK(again.counts.already_there == 2);
    REQUIRE(store.close());
  }
  ClubHouse other;
  auto store = other.open();
  const auto imported = other.import(store, text);
  CHECK(imported.counts.appended == 2);
  CHECK(owners(store) == Lines{"member-ada", "member-ada"});
  CHECK(must(store.log().head()).value == 6);
}

TEST_CASE("lines that are appended claim too", "[unique][append]") {
  const ClubHouse house;
  auto store = house.open();
  REQUIRE(store.execute<Member>("ada", Join{"ada@x", {}}));
  const auto append = [&](const string& stream, const string& text, const string& expect = "any") {
    auto from = house.source(text);
    auto plan = must(app::plan_append(house.model, {.stream = stream, .expect = expect}, from, noon));
    Lines told;
    const auto appended = must(app::append(store.event_log(), house.model, std::move(plan),
                                           [&](const auto& each) { told.push_back(es::to_json(each)); }));
    CHECK(appended.duplicates.value_or(0) == told.size());
    return told;
  };
  CHECK(append("member-bob", joined("bob", "bob@x") + changed("bob", 0, "new@x")).empty());
  CHECK(owners(store) == Lines{"member-ada", "member-bob"});
  CHECK(append("member-bob", changed("bob", 0, "ada@x"), "exists") ==
        Lines{R"({"line":1,"field":"email","stream":"member-bob"})"});
  CHECK(owners(store) == Lines{"member-ada"});
}

}  // namespace unique_import_test
