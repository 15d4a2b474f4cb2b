#include <eventstore/schema/json_document.hpp>

#include <catch2/catch.hpp>

namespace json_document_test {

using namespace eventstore;

namespace {

std::string canonical(std::string_view json) {
  JsonDocument document;
  const auto root = document.parse(json);
  REQUIRE(root);
  std::string out;
  root->write_canonical(out);
  return out;
}

std::string as_given(std::string_view json) {
  JsonDocument document;
  const auto root = document.parse(json);
  REQUIRE(root);
  std::string out;
  root->write(out);
  return out;
}

}  // namespace

TEST_CASE("the canonical form sorts members at every level and writes whole numbers as integers", "[schema][json]") {
  CHECK(canonical(R"( { "b" : 1 , "a" : { "z" : [ 30.0 , { "y" : 1 , "x" : -0.0 } ] } } )") ==
        R"({"a":{"z":[30,{"x":0,"y":1}]},"b":1})");
  CHECK(canonical("[1e3,0.5,1e300,18446744073709551615,\"\\u0041\",null,true]") ==
        R"([1000,0.5,1e+300,18446744073709551615,"A",null,true])");
}

TEST_CASE("numbers past what a double holds exactly stay apart in the canonical form", "[schema][json]") {
  CHECK(canonical("9007199254740993") != canonical("9007199254740992"));
}

TEST_CASE("a value is written compactly, members in their own order", "[schema][json]") {
  CHECK(as_given(R"( { "b" : [ ] , "a" : 1.50 } )") == R"({"b":[],"a":1.50})");
  std::string nothing;
  JsonNode{}.write(nothing);
  JsonNode{}.write_canonical(nothing);
  CHECK(nothing == "nullnull");
}

TEST_CASE("a value read as another kind than its own gives that kind's zero", "[schema][json]") {
  JsonDocument document;
  const auto root = document.parse(R"({"n":-1,"t":"x","u":18446744073709551615})");
  REQUIRE(root);
  const auto number = root->find("n");
  const auto text = root->find("t");
  const auto large = root->find("u");
  REQUIRE((number && text && large));
  CHECK(number->text().empty());
  CHECK_FALSE(number->boolean());
  CHECK(number->integer() == -1);
  CHECK(number->large_integer() == 0);
  CHECK(number->number() == -1.0);
  CHECK(text->integer() == 0);
  CHECK(text->number() == 0);
  CHECK_FALSE(text->find("n"));
  CHECK(large->kind() == JsonKind::large_integer);
  CHECK(large->integer() == 0);
  CHECK_FALSE(root->find("missing"));
  CHECK(JsonNode{}.kind() == JsonKind::null);
}

TEST_CASE("visiting stops when the visitor says so", "[schema][json]") {
  JsonDocument document;
  const auto root = document.parse("[1,2,3]");
  REQUIRE(root);
  int visited = 0;
  CHECK_FALSE(root->each_element([&](JsonNode) { return ++visited < 2; }));
  CHECK(visited == 2);
  CHECK(root->each_element([](JsonNode) { return true; }));
}

TEST_CASE("malformed JSON is refused with a reason, and a parser goes on after it", "[schema][json][error]") {
  JsonDocument document;
  for (const auto* const text :
       {"", " ", "{", "{\"a\":}", "[1,]", "nul", "1 2", "{\"a\":1}}", "\"\x01\"", "01", "1e", "-"}) {
    CAPTURE(text);
    const auto parsed = document.parse(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == Errc::invalid_argument);
    CHECK(parsed.error().detail.starts_with("malformed JSON: "));
    CHECK_FALSE(parsed.error().detail.ends_with('.'));
  }
  for (const auto* const text : {"\"\xC0\x80\"", "\"\xED\xA0\x80\"", "\xFF", "{\"\xE9\":1}"}) {
    const auto parsed = document.parse(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().detail == "not UTF-8");
  }
  CHECK_FALSE(document.parse(std::string(100'000, '[')));
  CHECK(document.parse("{}"));
}

}  // namespace json_document_test
