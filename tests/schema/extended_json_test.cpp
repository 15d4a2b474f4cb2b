// Extended JSON as MongoDB's tools and libraries print it.
#include "schema/event_lines.hpp"

namespace extended_json_test {

using namespace samples;

namespace {

string id_given(const string& id) { return read_line(line_with(R"(,"event_id":)" + id)).metadata.event_id.to_string(); }

string json_of(const string& data) {
  const auto line = read_line(line_with("", data));
  string json;
  REQUIRE(es::bytes_to_json(line.schema->type, line.data, json));
  return json;
}

string created(const string& date) {
  auto line = line_with();
  const string plain = R"("2026-01-27T10:30:00Z")";
  return read_line(line.replace(line.find(plain), plain.size(), date)).metadata.created_at.to_string();
}

}  // namespace

TEST_CASE("an event id is read in each form that writers of extended JSON have for a UUID", "[line][mongo]") {
  const string id = "f3bd5ca0-cd2b-52a0-a02a-f26b2371745c";
  const string base64 = R"("871coM0rUqCgKvJrI3F0XA==")";
  CHECK(id_given("\"" + id + "\"") == id);
  CHECK(id_given(R"({"$uuid":")" + id + "\"}") == id);
  CHECK(id_given(R"({"$uuid":"f3bd5ca0cd2b52a0a02af26b2371745c"})") == id);
  for (const auto* const subtype : {"04", "4", "03", "3"}) {
    CHECK(id_given(R"({"$binary":{"base64":)" + base64 + R"(,"subType":")" + subtype + "\"}}") == id);
    CHECK(id_given(R"({"$binary":)" + base64 + R"(,"$type":")" + subtype + "\"}") == id);
  }
}

TEST_CASE("a binary that is no UUID is no event id", "[line][mongo][error]") {
  for (const auto* const binary :
       {R"({"$binary":{"base64":"871coM0rUqCgKvJrI3F0XA==","subType":"00"}})",
        R"({"$binary":{"base64":"871coA==","subType":"04"}})", R"({"$binary":{"base64":7,"subType":"04"}})",
        R"({"$binary":{"base64":"871coM0rUqCgKvJrI3F0XA=="}})",
        R"({"$binary":{"base64":"871coM0rUqCgKvJrI3F0XA==","subType":"04"},"more":1})"}) {
    const auto error = error_of_line(line_with(R"(,"event_id":)" + string{binary}));
    CHECK(error.where == "event_id");
    CHECK(error.detail == "expected a UUID");
  }
}

TEST_CASE("a date is read in each form that writers of extended JSON have for it", "[line][mongo]") {
  CHECK(created(R"({"$date":"2026-01-27T12:30:00.123+0200"})") == "2026-01-27T10:30:00.123000Z");
  CHECK(created(R"({"$date":"2026-01-27T10:30:00.123Z"})") == "2026-01-27T10:30:00.123000Z");
  CHECK(created(R"({"$date":1769509800123})") == "2026-01-27T10:30:00.123000Z");
  CHECK(created(R"({"$date":{"$numberLong":"-1"}})") == "1969-12-31T23:59:59.999000Z");
  CHECK(created(R"({"$date":{"$numberLong":"-62135596800000"}})") == "0001-01-01T00:00:00.000000Z");
  CHECK(created(R"({"$date":{"$numberLong":1769509800123}})") == "2026-01-27T10:30:00.123000Z");
}

TEST_CASE("a version is read as any number that is whole", "[line][mongo]") {
  for (const auto* const version :
       {"3", "3.0", R"({"$numberInt":"3"})", R"({"$numberLong":"3"})", R"({"$numberDouble":"3.0"})",
        R"({"$numberDecimal":"3.00"})", R"({"$numberLong":3})"})
    CHECK(read_line(line_with(R"(,"version":)" + string{version})).version == es::Version{3});
  for (const auto* const version : {"3.5", "0.0", R"({"$numberDouble":"NaN"})", "9223372036854775808"})
    CHECK(error_of_line(line_with(R"(,"version":)" + string{version})).detail == "expected a whole number from 1");
}

TEST_CASE("a number of extended JSON keeps all its digits", "[line][mongo]") {
  CHECK(json_of(R"({"x":1,"free":{"$numberDecimal":"12345678901234567890.12345678901234"}})") ==
        R"({"x":1.0,"free":12345678901234567890.12345678901234})");
  CHECK(json_of(R"({"x":{"$numberDouble":"-0.0"},"free":[{"$numberDecimal":"1E+3"},{"$numberDecimal":"NaN"}]})") ==
        R"({"x":-0.0,"free":[1E+3,{"$numberDecimal":"NaN"}]})");
}

TEST_CASE("an object with a member beside a wrapper's keeps both", "[line][mongo]") {
  const string free = R"({"$date":"2026-01-27T10:30:00Z","why":"both"})";
  CHECK(json_of(R"({"x":1,"free":)" + free + "}") == R"({"x":1.0,"free":)" + free + "}");
}

TEST_CASE("a date out of range is refused at its path", "[line][mongo][error]") {
  const auto error =
      error_of_line(line_with("", R"({"x":1,"free":[{"at":{"$date":{"$numberLong":"99999999999999999"}}}]})"));
  CHECK(error.where == "event_data.free[0].at");
  CHECK(error.detail == "the date 99999999999999999 ms is outside the years 0001 to 9999");
}

TEST_CASE("a member that is there twice is refused with its path, wherever it stands", "[line][error]") {
  const auto check = [](const string& line, std::string_view path) {
    const auto error = error_of_line(line);
    CHECK(error.where == path);
    CHECK(error.detail == "the member is there twice");
  };
  check(line_with("", R"({"x":1,"x":2})"), "event_data.x");
  check(line_with("", R"({"x":1,"\u0078":1})"), "event_data.x");
  check(line_with("", R"({"x":1,"free":[0,{"a":{"b":1,"b":1}}]})"), "event_data.free[1].a.b");
  check(line_with(R"(,"metadata":{"user_id":"a","user_id":"b"})"), "metadata.user_id");
  check(line_with(R"(,"event_type":"Moved")"), "event_type");
  string many = "{";
  for (int i = 0; i < 100; ++i) many += "\"m" + std::to_string(i) + "\":1,";
  check(line_with("", R"({"x":1,"free":)" + many + "\"m50\":2}}"), "event_data.free.m50");
}

}  // namespace extended_json_test
