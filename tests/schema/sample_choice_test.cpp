// Which payloads of a schema are kept.
#include <eventstore/schema/codec.hpp>
#include <eventstore/schema/detail/sample_choice.hpp>

#include <catch2/catch.hpp>

#include <algorithm>

#include "schema/samples.hpp"

namespace sample_choice_test {

using namespace eventstore;

namespace {

struct Note {
  EVENTSTORE_EVENT(Note, "Noted", (std::string, text), (std::optional<std::int64_t>, count),
                   (std::optional<samples::Verb>, verb));
};

std::vector<Note> chosen(const std::vector<Note>& offered) {
  SampleChoice choice{schema_of<Note>().type};
  for (const auto& note : offered) REQUIRE(choice.offer(encode(note)));
  const auto payloads = choice.chosen();
  if (!payloads) FAIL(payloads.error().message());
  std::vector<Note> notes;
  for (const auto& payload : *payloads) notes.push_back(*decode<Note>(payload));
  return notes;
}

}  // namespace

TEST_CASE("one payload is kept where it shows all that there is", "[schema][sample]") {
  const auto notes = chosen({{"Wanda", {}, {}}, {"Zelda", {}, {}}, {"Quentin", {}, {}}});
  REQUIRE(notes.size() == 1);
  CHECK(notes[0].text == "Abcde");
  CHECK(chosen({}).empty());
}

TEST_CASE("what a payload has that others lack is kept, the one that shows most first", "[schema][sample]") {
  const auto notes = chosen({{"Wanda", {}, {}}, {"Zelda", 7, samples::Verb::update}, {"Xaver", 9, {}}, {"", {}, {}}});
  REQUIRE(notes.size() == 2);
  CHECK(notes[0].count == 5);
  CHECK(notes[0].verb == samples::Verb::update);
  CHECK(notes[1].text.empty());
  CHECK_FALSE(notes[1].count);
}

TEST_CASE("four payloads of a schema are kept at most", "[schema][sample]") {
  std::vector<Note> offered;
  for (const auto& text : {std::string{}, std::string{"Wanda"}, std::string(100, 'w'), std::string(1000, 'w')})
    for (const auto verb : {samples::Verb::create, samples::Verb::update, samples::Verb::delete_})
      offered.push_back({text, {}, verb});
  for (const auto number : {std::int64_t{0}, std::int64_t{-5}, std::int64_t{5}, INT64_MIN, INT64_MAX})
    offered.push_back({"\\", number, {}});
  CHECK(chosen(offered).size() == samples_of_a_schema_max);
}

TEST_CASE("the choice is the same in whatever order payloads come", "[schema][sample]") {
  std::vector<Note> offered{{"Wanda", 1, {}}, {"Li", 2, {}}, {"Xaver", {}, {}}, {"Ö", 0, samples::Verb::create}};
  const auto texts = [](const std::vector<Note>& notes) {
    std::vector<std::string> all;
    for (const auto& note : notes) all.push_back(to_json(note));
    return all;
  };
  const auto expected = texts(chosen(offered));
  std::sort(offered.begin(), offered.end(), [](const Note& a, const Note& b) { return a.text < b.text; });
  do {
    CHECK(texts(chosen(offered)) == expected);
  } while (std::next_permutation(offered.begin(), offered.end(),
                                 [](const Note& a, const Note& b) { return a.text < b.text; }));
}

TEST_CASE("a record without fields has a sample, and bytes of another schema are refused", "[schema][sample]") {
  SampleChoice choice{schema_of<samples::Nothing>().type};
  REQUIRE(choice.offer({}));
  CHECK(choice.chosen()->size() == 1);
  const auto refused = choice.offer(as_bytes("x"));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::corrupt_record);
}

}  // namespace sample_choice_test
