#include <eventstore/schema/codec.hpp>
#include <eventstore/schema/detail/check.hpp>

#include <catch2/catch.hpp>

namespace check_test {

namespace es = eventstore;
using es::Errc;

namespace {

struct Note {
  EVENTSTORE_FIELDS(Note, (std::string, words), (std::optional<es::Json>, extra));
};
struct Notes {
  EVENTSTORE_FIELDS(Notes, (std::vector<Note>, list), (es::Map<std::string>, named));
};

es::Result<void> check(const Notes& notes) { return es::check_value(es::schema_of<Notes>().type, es::encode(notes)); }

}  // namespace

TEST_CASE("what JSON could say, a struct may hold", "[check]") {
  CHECK(check({{{"größer", es::Json{R"({"a":[1,2]})"}}}, {{"k", "v"}}}));
  CHECK(check({{{"", es::Json{}}}, {}}));
}

TEST_CASE("text that is not UTF-8 is refused with the path to it", "[check]") {
  const auto checked = check({{{"fine", {}}, {"\xff", {}}}, {}});
  REQUIRE(!checked);
  CHECK(checked.error().code == Errc::invalid_argument);
  CHECK(checked.error().where == "list[1].words");
  CHECK(checked.error().detail == "not UTF-8");
  CHECK(check({{}, {{"k", "\xc3"}}}).error().where == "named.k");
  CHECK(check({{}, {{"\xc3", ""}}}).error().detail == "a key is not UTF-8");
}

TEST_CASE("free data that is not JSON, or is too much, is refused", "[check]") {
  CHECK(check({{{"", es::Json{"{"}}}, {}}).error().code == Errc::invalid_argument);
  const auto large = check({{{"", es::Json{'"' + std::string(70'000, 'x') + '"'}}}, {}});
  REQUIRE(!large);
  CHECK(large.error().code == Errc::too_large);
  CHECK(large.error().where == "list[0].extra");
}

TEST_CASE("bytes that are no value of the type are damage", "[check]") {
  auto bytes = es::encode(Notes{});
  bytes.pop_back();
  CHECK(es::check_value(es::schema_of<Notes>().type, bytes).error().code == Errc::corrupt_record);
}

}  // namespace check_test
