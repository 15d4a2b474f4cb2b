// Paths within a state, as people write them.
#include <eventstore/history/state_path.hpp>

#include "board.hpp"

#include <catch2/catch.hpp>

namespace state_path_test {

using namespace eventstore;

namespace {

const Type& type() { return schema_of<board::Board::State>().type; }

std::string again(std::string_view text) {
  const auto path = StatePath::parse(type(), text);
  if (!path) FAIL(path.error().message());
  return path->text();
}

std::string error(std::string_view text) {
  const auto path = StatePath::parse(type(), text);
  REQUIRE_FALSE(path);
  CHECK(path.error().code == Errc::invalid_argument);
  return path.error().detail;
}

}  // namespace

TEST_CASE("a path is read as it is written", "[history][path]") {
  for (const auto* const text : {"title", "x", "best.text", "pins[0]", "pins[12].tags[3]", R"(named["k.1"].colour)",
                                 R"(named[""])", R"(scores["g\"h]"])", R"(named["\\"].text)", "numbers[1]", "hidden"})
    CHECK(again(text) == text);
  CHECK(again("scores.a") == R"(scores["a"])");
  CHECK(again("named.a.text") == R"(named["a"].text)");
  CHECK(again(R"(scores["\u0061"])") == R"(scores["a"])");
}

TEST_CASE("a path that the state does not have names its first wrong part", "[history][path]") {
  CHECK_THAT(error("titel"), Catch::Contains("the state has no field titel") && Catch::Contains("title, count"));
  CHECK_THAT(error("where"), Catch::Contains("no field where"));
  CHECK_THAT(error("best.size"), Catch::Contains("best") && Catch::Contains("no field size; it has text, colour"));
  CHECK_THAT(error("title.x"), Catch::Contains("title, which is text, has no field x"));
  CHECK_THAT(error("title[0]"), Catch::Contains("title, which is text, has no elements"));
  CHECK_THAT(error("labels[0]"), Catch::Contains("no elements"));
  CHECK_THAT(error("named[0]"), Catch::Contains("no elements"));
  CHECK_THAT(error(R"(pins["a"])"), Catch::Contains("has no keys"));
}

TEST_CASE("a text that is no path is refused", "[history][path]") {
  for (const auto* const text : {"",
                                 ".",
                                 "best.",
                                 "best..text",
                                 "pins[",
                                 "pins[]",
                                 "pins[-1]",
                                 "pins[1",
                                 "pins[1x]",
                                 "pins[99999999999999999999]",
                                 "named[\"",
                                 "named[\"a",
                                 "named[\"a\"",
                                 "named[\"a\\",
                                 "named[\"\\x\"]",
                                 "named[\"\xff\"]",
                                 "title title",
                                 "pins[0]text",
                                 "[0]",
                                 "[\"a\"]"})
    CHECK_FALSE(error(text).empty());
  for (const auto& text : {std::string(100'000, '['), "scores[\"" + std::string(100'000, 'x') + "\"].y",
                           "scores." + std::string(100'000, 'x') + "y!", std::string(100'000, 'x')})
    CHECK(error(text + "[[").size() < 500);
}

}  // namespace state_path_test
