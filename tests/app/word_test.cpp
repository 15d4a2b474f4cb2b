#include <eventstore/app/word.hpp>

#include <catch2/catch.hpp>

namespace word_test {

namespace es = eventstore;
namespace app = es::app;

namespace {

const es::Type moment{es::Kind::timestamp};

}  // namespace

TEST_CASE("a day stands for its start in UTC where a time is wanted", "[word]") {
  CHECK(app::json_of_word(moment, "2026-01-27") == R"("2026-01-27T00:00:00Z")");
  CHECK(app::json_of_word(es::Type{es::Kind::optional, moment}, "2026-01-27") == R"("2026-01-27T00:00:00Z")");
  CHECK(app::json_of_word(moment, "2026-01-27T10:30:00+01:00") == R"("2026-01-27T10:30:00+01:00")");
  CHECK(app::json_of_word(es::Type{es::Kind::text}, "2026-01-27") == R"("2026-01-27")");
  CHECK(app::check_word(moment, "2026-02-28"));
}

TEST_CASE("a word that is no time is refused with both forms of a time", "[word]") {
  for (const auto* const word : {"2026-02-30", "2026-1-27", "yesterday", "2026-01-27T10:30:00", "2026"}) {
    CAPTURE(word);
    const auto read = app::check_word(moment, word);
    REQUIRE(!read);
    CHECK_THAT(read.error().detail, Catch::Contains("a day alone, like 2026-01-27, is its start in UTC"));
  }
}

TEST_CASE("an enumerator may be typed in capitals", "[word]") {
  es::Type verb{es::Kind::enumeration};
  verb.enumerators = {"create", "delete"};
  CHECK(app::spelled(verb, "DELETE") == "delete");
  CHECK(app::spelled(verb, "deletes") == "deletes");
  CHECK(app::shown_type(verb) == "create|delete");
}

}  // namespace word_test
