// Words of the command line as parameters.
#include <eventstore/app/arguments.hpp>
#include <eventstore/schema/codec.hpp>
#include <eventstore/schema/fields.hpp>
#include <eventstore/schema/json.hpp>
#include <eventstore/schema/schema.hpp>

#include <catch2/catch.hpp>

namespace arguments_test {

namespace es = eventstore;

namespace {

struct Person {
  EVENTSTORE_FIELDS(Person, (std::string, name, , es::personal), (std::int64_t, age));
};
struct Wish {
  EVENTSTORE_FIELDS(Wish, (std::string, id), (es::Json, tokens, , es::personal), (Person, person),
                    (std::optional<es::Json>, labels));
};

es::Error refused(const std::vector<std::string>& words) {
  const auto read = es::app::read_arguments(es::schema_of<Wish>(), words);
  REQUIRE(!read);
  return read.error();
}

}  // namespace

TEST_CASE("words become the parameters in their order or by their names", "[arguments]") {
  const auto read =
      es::app::read_arguments(es::schema_of<Wish>(), {"w-1", "person={\"name\":\"Ana\",\"age\":7}", "{}"});
  REQUIRE(read);
  const auto wish = es::decode<Wish>(*read);
  REQUIRE(wish);
  CHECK(wish->id == "w-1");
  CHECK(wish->person.name == "Ana");
  CHECK(wish->tokens.text == "{}");
}

TEST_CASE("a message quotes no word that may tell about a person", "[arguments]") {
  const auto tokens = refused({"w-1", "planted-token"});
  CHECK_THAT(tokens.message(), Catch::Contains("tokens"));
  CHECK_THAT(tokens.message(), !Catch::Contains("planted"));
  const auto person = refused({"w-1", "{}", R"({"name":"planted-name","age":"old"})"});
  CHECK_THAT(person.message(), Catch::Contains("person.age"));
  CHECK_THAT(person.message(), !Catch::Contains("planted"));
  CHECK_THAT(refused({"w-1", "labels=shown-word"}).message(), Catch::Contains("shown-word"));
}

}  // namespace arguments_test
