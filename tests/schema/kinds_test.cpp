// Durations, arrays, sets and variants: their bytes, their JSON, their schemas.
#include "../../src/schema/scrub.hpp"

#include <eventstore/schema/changes.hpp>
#include <eventstore/schema/detail/check.hpp>
#include <eventstore/schema/detail/describe_text.hpp>

#include <catch2/catch.hpp>

#include "schema/kinds.hpp"

namespace kinds_test {

using namespace eventstore;
using namespace kinds;

namespace {

struct Small {
  EVENTSTORE_FIELDS(Small, (std::chrono::seconds, wait), (std::set<Colour>, colours), (Payment, payment));
};
using Digits = std::array<std::int8_t, 2>;
struct Pair {
  EVENTSTORE_FIELDS(Pair, (Digits, numbers));
};
using Narrow = std::chrono::duration<std::int16_t>;
struct Narrowed {
  EVENTSTORE_FIELDS(Narrowed, (Narrow, wait));
};

std::string hex(const Bytes& bytes) {
  std::string text;
  for (const auto byte : bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    text += digits[std::to_integer<std::size_t>(byte) / 16];
    text += digits[std::to_integer<std::size_t>(byte) % 16];
  }
  return text;
}

template <class T> void check_json_error(std::string_view json, std::string_view where, std::string_view detail) {
  CAPTURE(json);
  const auto read = from_json<T>(json);
  REQUIRE_FALSE(read);
  CHECK(read.error().code == Errc::invalid_argument);
  CHECK(read.error().where == where);
  CHECK(read.error().detail == detail);
}

}  // namespace

TEST_CASE("a descriptor names units, lengths and alternatives", "[schema][kinds]") {
  const std::string payment = "variant(Cash{}|Card{number:text,year:int8}|Voucher{code:text?})";
  const auto text =
      "Ordered{nanos:nanoseconds,micros:microseconds,millis:milliseconds,secs:seconds,mins:minutes,"
      "hrs:hours,ds:days,shape:array<3*array<2*float64>>,tags:set<text>,numbers:set<int16>,"
      "colours:set<enum(red|green|blue)>,reminders:set<minutes>,payment:" +
      payment + ",others:[" + payment + "],refund:" + payment + "?,within:seconds?}";
  CHECK(schema_of<Ordered>().descriptor == text);
  CHECK(type_text<Ordered> == schema_of<Ordered>().record_text());
  CHECK(annotated_type_text<Ordered> == annotated_text(schema_of<Ordered>().type));
  const auto parsed = Schema::parse(text);
  REQUIRE(parsed);
  CHECK(parsed->descriptor == text);
  CHECK(parsed->id == schema_of<Ordered>().id);
  for (std::size_t length = 0; length < text.size(); ++length)
    REQUIRE_FALSE(Schema::parse(std::string_view{text}.substr(0, length)));
}

TEST_CASE("values of every kind survive their bytes and their JSON", "[schema][kinds]") {
  const auto all = example();
  const auto bytes = encode(all);
  const auto& type = schema_of<Ordered>().type;
  REQUIRE(decode<Ordered>(bytes));
  CHECK(*decode<Ordered>(bytes) == all);
  CHECK(BytesReader{bytes}.value(type).size() == bytes.size());
  CHECK(check_value(type, bytes));
  const auto back = from_json<Ordered>(to_json(all));
  REQUIRE(back);
  CHECK(*back == all);
  CHECK(encode(*back) == bytes);
  for (std::size_t size = 0; size < bytes.size(); ++size) REQUIRE_FALSE(decode<Ordered>(BytesView{bytes}.first(size)));
}

TEST_CASE("a duration is a number of its unit, a set a list in order, a variant an object with its kind",
          "[schema][kinds]") {
  const Small small{90s, {Colour::blue, Colour::red}, Card{"7", 1}};
  CHECK(to_json(small) == R"({"wait":90,"colours":["red","blue"],"payment":{"kind":"Card","number":"7","year":1}})");
  CHECK(hex(encode(small)) ==
        "5a00000000000000"  // 90
        "02000000"
        "03000000726564"
        "04000000626c7565"  // red, blue
        "0400000043617264"
        "0100000037"
        "01");  // Card, 7, 1
  CHECK(hex(encode(Pair{{1, -1}})) == "01ff");
}

TEST_CASE("a set from JSON is in order, each element once", "[schema][kinds]") {
  const auto read =
      from_json<Small>(R"({"wait":1,"colours":["blue","red","blue"],"payment":{"year":5,"kind":"Card","number":"7"}})");
  REQUIRE(read);
  CHECK(to_json(*read) == R"({"wait":1,"colours":["red","blue"],"payment":{"kind":"Card","number":"7","year":5}})");
}

TEST_CASE("JSON that does not fit is refused with the path and what would fit", "[schema][kinds][error]") {
  const auto with = [](std::string_view payment) {
    return R"({"wait":1,"colours":[],"payment":)" + std::string{payment} + "}";
  };
  check_json_error<Small>(with("7"), "payment", "wrong type: expected variant, found a number");
  check_json_error<Small>(with("{}"), "payment", "expected a \"kind\" that is one of Cash, Card, Voucher");
  check_json_error<Small>(with(R"({"kind":"Gold"})"), "payment", "\"Gold\" is none of Cash, Card, Voucher");
  check_json_error<Small>(with(R"({"kind":"Card"})"), "payment.number", "missing field");
  check_json_error<Small>(with(R"({"kind":"Cash","number":"7"})"), "payment.number", "unknown field");
  check_json_error<Small>(R"({"wait":1.5,"colours":[],"payment":{"kind":"Cash"}})", "wait", "1.5 does not fit seconds");
  check_json_error<Small>(R"({"wait":1e19,"colours":[],"payment":{"kind":"Cash"}})", "wait",
                          "1e19 does not fit seconds");
  check_json_error<Small>(R"({"wait":1,"colours":["red","pink"],"payment":{"kind":"Cash"}})", "colours[1]",
                          "\"pink\" is none of red, green, blue");
  check_json_error<Small>(R"({"wait":1,"colours":"red","payment":{"kind":"Cash"}})", "colours",
                          "wrong type: expected set<enum>, found text");
  check_json_error<Pair>(R"({"numbers":[1]})", "numbers", "expected 2 elements, found 1");
  check_json_error<Pair>(R"({"numbers":[1,2,3]})", "numbers", "expected 2 elements, found more");
  check_json_error<Pair>(R"({"numbers":[1,200]})", "numbers[1]", "200 does not fit int8");
}

TEST_CASE("bytes that a type cannot hold are damage", "[schema][kinds]") {
  auto bytes = encode(Narrowed{Narrow{-32'768}});
  CHECK(decode<Narrowed>(bytes)->wait == Narrow{-32'768});
  bytes[2] = std::byte{0};
  CHECK_FALSE(decode<Narrowed>(bytes));
  const Small small{1s, {}, Cash{}};
  auto unknown = encode(small);
  unknown.back() = std::byte{'!'};
  const auto read = decode<Small>(unknown);
  REQUIRE_FALSE(read);
  CHECK(read.error().detail == "an alternative that this build does not know: Cas!");
  std::string json;
  CHECK_FALSE(bytes_to_json(schema_of<Small>().type, unknown, json));
}

TEST_CASE("an alternative that changes is shown whole, on both sides", "[schema][kinds]") {
  const Small before{1s, {Colour::red}, Cash{}};
  const Small after{2s, {Colour::red}, Card{"7", 1}};
  const auto changes = changes_between(before, after);
  CHECK(
      changes.to_json() ==
      R"({"before":{"wait":1,"payment":{"kind":"Cash"}},"after":{"wait":2,"payment":{"kind":"Card","number":"7","year":1}}})");
}

TEST_CASE("a scrubbed variant keeps its alternative, a scrubbed set its order", "[schema][kinds][scrub]") {
  const auto& type = schema_of<Ordered>().type;
  const auto made_up = scrub(type, encode(example()));
  REQUIRE(made_up);
  const auto read = decode<Ordered>(*made_up);
  REQUIRE(read);
  CHECK(encode(*read) == *made_up);
  REQUIRE(std::holds_alternative<Card>(read->payment));
  CHECK(std::get<Card>(read->payment).number != "42");
  CHECK(read->tags.size() == 3);
  CHECK(read->colours == example().colours);
}

TEST_CASE("a descriptor of what no struct can be is refused", "[schema][kinds]") {
  const auto detail_of = [](std::string_view text) {
    const auto parsed = Schema::parse(text);
    REQUIRE_FALSE(parsed);
    return parsed.error().detail;
  };
  CHECK(detail_of("N{a:array<0*text>}") == "expected a number of elements and '*' at byte 11");
  CHECK(detail_of("N{a:array<65536*text>}") == "expected a number of elements and '*' at byte 15");
  CHECK(detail_of("N{a:array<02*text>}") == "expected a number of elements and '*' at byte 12");
  CHECK(detail_of("N{a:array<2*{b:{}}>}") == "expected an array of elements that take a byte at least at byte 19");
  CHECK(detail_of("N{a:set<float64>}") == "expected a set of plain values at byte 16");
  CHECK(detail_of("N{a:set<{b:text}>}") == "expected a set of plain values at byte 17");
  CHECK(detail_of("N{a:variant()}") == "expected an alternative's name and '{' at byte 14");
  CHECK(detail_of("N{a:variant(A{}|A{})}") == "expected alternatives of different names at byte 20");
  CHECK(detail_of("N{a:variant(A{}}") == "expected ) at byte 15");
}

}  // namespace kinds_test
