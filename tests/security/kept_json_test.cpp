// Values that a record of another type keeps as JSON: personal parts encrypted, each under its person's key.
#include <eventstore/core/must.hpp>
#include <eventstore/schema/codec.hpp>
#include <eventstore/security/kept_json.hpp>

#include <catch2/catch.hpp>

#include "people_log.hpp"

namespace kept_json_test {

using namespace people;
using std::string;

namespace {

struct Turn {
  EVENTSTORE_FIELDS(Turn, (string, speaker_id, , es::subject_id), (string, said, , es::personal));
};
struct Profile {
  EVENTSTORE_FIELDS(Profile, (string, city), (es::Secret, pin));
};
struct Tell {
  EVENTSTORE_COMMAND(Tell, "tell", (string, name, , es::personal), (std::optional<string>, phone, , es::personal),
                     (es::Secret, token, es::Secret{}), (std::vector<Turn>, turns), (Profile, profile, , es::personal),
                     (es::Json, extra), (std::int64_t, cents, 0));
};

Tell telling() {
  Tell tell{};
  tell.name = "Ann \"quoted\" {$encrypted}";
  tell.token = es::Secret{"t0ken"};
  tell.turns = {{"bob", "hello"}, {"cat", ""}};
  tell.profile = {"Ulm", es::Secret{"1234"}};
  tell.extra.text = R"({"$encrypted":0})";  // free data may look like anything
  tell.cents = 5;
  return tell;
}

struct Place : PeopleLog {
  es::TextPlace place{es::StreamId::trusted("reaction-greet"), es::Uuid::v5(es::eventstore_namespace, "1"), "tell",
                      "default"};

  std::optional<string> keep(const Tell& tell) {
    return es::must(es::kept_json(log, place, es::schema_of<Tell>(), es::encode(tell), "ann"));
  }
};

}  // namespace

TEST_CASE("kept JSON has no personal value and opens to the JSON that it was made of", "[kept-json]") {
  Place place;
  const auto kept = place.keep(telling());
  REQUIRE(kept);
  for (const auto* const value : {"Ann", "t0ken", "hello", "Ulm", "1234"}) CHECK_THAT(*kept, !Catch::Contains(value));
  CHECK_THAT(*kept, Catch::Contains(R"("cents":5)") && Catch::Contains(R"("speaker_id":"bob")"));
  CHECK(place.keep(telling()) == kept);  // the same each time, so that a repeat is recognised
  const auto opened = es::must(es::opened_json(place.log, place.place, *kept));
  REQUIRE(opened);
  const auto bytes = es::must(es::json_to_bytes(es::schema_of<Tell>().type, *opened, es::stored_json));
  CHECK(bytes == es::encode(telling()));
  const auto shown = es::must(es::opened_json(place.log, place.place, *kept, es::ShownSecrets::sealed));
  CHECK_THAT(*shown, !Catch::Contains("t0ken") && !Catch::Contains("1234") && Catch::Contains("hello") &&
                         Catch::Contains(R"("token":"sealed","turns")") && Catch::Contains(R"("profile":"sealed")"));
}

TEST_CASE("kept JSON survives another spelling of it", "[kept-json]") {
  Place place;
  const auto kept = place.keep(telling());
  es::JsonDocument document;
  string other;
  es::must(document.parse(*kept)).write_canonical(other);
  CHECK(es::must(es::opened_json(place.log, place.place, other)));
}

TEST_CASE("kept JSON of a person who was erased does not open whoever else it is about", "[kept-json]") {
  const auto* const person = GENERATE("ann", "bob");
  Place place;
  const auto kept = place.keep(telling());
  CHECK(es::has_texts_of(es::encrypted_part(*kept), es::must(place.keys->find(es::Subject{"default", person}))->id));
  place.erase(person);
  CHECK_FALSE(es::must(es::opened_json(place.log, place.place, *kept)));
  CHECK_FALSE(place.keep(telling()));
  CHECK_FALSE(place.keys->find(es::Subject{"default", "cat"}).value_or(std::nullopt));  // who says nothing has no key
}

TEST_CASE("kept JSON opens at no other place and only whole", "[kept-json]") {
  Place place;
  const auto kept = place.keep(telling());
  auto other = place.place;
  other.id = es::Uuid::v5(es::eventstore_namespace, "2");
  CHECK(es::opened_json(place.log, other, *kept).error().code == es::Errc::corrupt_record);
  const auto cut = kept->substr(0, 20) + kept->substr(24);
  CHECK(es::opened_json(place.log, place.place, cut).error().code == es::Errc::corrupt_record);
  CHECK(es::opened_json(place.log, place.place, R"({"$encrypted":"","data":{}})").error().code ==
        es::Errc::corrupt_record);
  es::MemoryLog without_keys{place.clock};
  CHECK(es::opened_json(without_keys, place.place, *kept).error().code == es::Errc::missing_key);
}

TEST_CASE("JSON without personal values and JSON of earlier builds is kept and read as it is", "[kept-json]") {
  Place place;
  Tell plain{};
  plain.cents = 7;
  const auto kept = place.keep(plain);
  REQUIRE(kept);
  CHECK_THAT(*kept, !Catch::Contains("$encrypted"));
  CHECK(es::must(es::opened_json(place.log, place.place, *kept)) == kept);
  CHECK(es::encrypted_part(*kept).empty());
  const string old = R"({"name":"Ann","cents":7})";
  CHECK(es::must(es::opened_json(place.log, place.place, old)) == old);
}

TEST_CASE("a sentence about several persons is read until the first of them is erased", "[kept-json]") {
  Place place;
  const auto kept = es::must(es::kept_sentence(place.log, place.place, {"ann", "bob"}, "Ann owes Bob"));
  CHECK_THAT(kept, !Catch::Contains("owes"));
  CHECK(es::readable_sentence(place.log, place.place, kept) == "Ann owes Bob");
  CHECK(es::readable_sentence(place.log, place.place, "plain") == "plain");
  CHECK(es::must(es::kept_sentence(place.log, place.place, {}, "plain")) == "plain");
  place.erase(GENERATE("ann", "bob"));
  const auto* const erased = "the sentence was about a person who was erased";
  CHECK(es::readable_sentence(place.log, place.place, kept) == erased);
  CHECK(es::must(es::kept_sentence(place.log, place.place, {"ann", "bob"}, "Ann owes Bob")) == erased);
}

}  // namespace kept_json_test
