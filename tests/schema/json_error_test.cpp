// Every way in which JSON does not fit a struct: its own sentence, and the path to the field.
#include <catch2/catch.hpp>

#include "schema/samples.hpp"

namespace json_error_test {

using namespace eventstore;
using namespace samples;

namespace {

struct Package {
  EVENTSTORE_FIELDS(Package, (std::optional<double>, weight), (bool, fragile, false));
};
struct Order {
  EVENTSTORE_EVENT(Order, "Ordered", (string, customer), (std::optional<Package>, package_details), (Items, items),
                   (ItemsByKey, by_key), (std::optional<std::uint8_t>, rating), (std::optional<Timestamp>, due),
                   (std::optional<Uuid>, id), (std::optional<Bytes>, blob), (std::optional<Verb>, verb),
                   (std::optional<Json>, free), (std::optional<float>, f32));
};

void check_error(std::string_view members, std::string_view where, std::string_view detail,
                 Errc code = Errc::invalid_argument) {
  const auto json = R"({"customer":"c","items":[],"by_key":{},)" + std::string{members} + "}";
  CAPTURE(json.substr(0, 200));
  const auto read = from_json<Order>(json);
  REQUIRE_FALSE(read);
  CHECK(read.error().code == code);
  CHECK(read.error().during == "read JSON");
  CHECK(read.error().where == where);
  CHECK(read.error().detail == detail);
}

// As above, for a value of one of the fields that check_error fills in itself.
void check_whole_error(std::string_view json, std::string_view where, std::string_view detail) {
  CAPTURE(json);
  const auto read = from_json<Order>(json);
  REQUIRE_FALSE(read);
  CHECK(read.error().where == where);
  CHECK(read.error().detail == detail);
}

}  // namespace

TEST_CASE("an unknown field is refused by its path", "[schema][json][error]") {
  check_error(R"("weight":1)", "weight", "unknown field");
  check_error(R"("package_details":{"weigth":1})", "package_details.weigth", "unknown field");
  check_whole_error(R"({"customer":"c","items":[{"name":"n","cuont":1}],"by_key":{}})", "items[0].cuont",
                    "unknown field");
}

TEST_CASE("unknown fields are passed over where that is asked for", "[schema][json]") {
  CHECK(json_to_bytes(schema_of<Item>().type, R"({"name":"n","colour":"red"})", stored_json));
}

TEST_CASE("a missing field is refused by its path", "[schema][json][error]") {
  check_whole_error(R"({"items":[],"by_key":{}})", "customer", "missing field");
  check_whole_error(R"({"customer":"c","items":[{"name":"a"},{"name":"b"},{"count":1}],"by_key":{}})", "items[2].name",
                    "missing field");
  check_whole_error(R"({"customer":"c","items":[],"by_key":{"k":{}}})", "by_key.k.name", "missing field");
}

TEST_CASE("all missing fields are named at once", "[schema][json][error]") {
  check_whole_error("{}", "customer", "missing field; also missing: items, by_key");
  check_whole_error(R"({"items":[{"name":"a"},{},{"count":1}],"by_key":{"k":{}}})", "customer",
                    "missing field; also missing: items[1].name, items[2].name, by_key.k.name");
}

TEST_CASE("fields that are missing besides another mistake are named behind it", "[schema][json][error]") {
  check_whole_error(R"({"custmer":"c","by_key":{}})", "custmer", "unknown field; also missing: customer, items");
  check_whole_error(R"({"items":7,"rating":256})", "items",
                    "wrong type: expected list<record>, found a number; also missing: customer, by_key");
  check_whole_error(R"({"customer":"c","items":[{"count":true}]})", "items[0].count",
                    "wrong type: expected int32, found a boolean; also missing: items[0].name, by_key");
}

TEST_CASE("of very many missing fields the first hundred are named", "[schema][json][error]") {
  std::string items = "{}";
  for (int i = 1; i < 150; ++i) items += ",{}";
  const auto read = from_json<Order>(R"({"customer":"c","by_key":{},"items":[)" + items + "]}");
  REQUIRE_FALSE(read);
  CHECK(read.error().where == "items[0].name");
  CHECK_THAT(read.error().detail, Catch::EndsWith("items[100].name and 49 more"));
}

TEST_CASE("a value of the wrong type says what was expected and what was found", "[schema][json][error]") {
  check_error(R"("package_details":{"weight":"heavy"})", "package_details.weight",
              "wrong type: expected float64, found text");
  check_error(R"("package_details":{"weight":true})", "package_details.weight",
              "wrong type: expected float64, found a boolean");
  check_error(R"("package_details":[])", "package_details", "wrong type: expected record, found a list");
  check_error(R"("package_details":{"fragile":1})", "package_details.fragile",
              "wrong type: expected bool, found a number");
  check_error(R"("rating":1.5)", "rating", "1.5 does not fit uint8");
  check_error(R"("due":7)", "due", "wrong type: expected timestamp, found a number");
  check_error(R"("id":{})", "id", "wrong type: expected uuid, found an object");
  check_error(R"("blob":7)", "blob", "wrong type: expected bytes, found a number");
  check_error(R"("verb":7)", "verb", "wrong type: expected one of create, update, delete, found a number");
  check_whole_error(R"({"customer":null,"items":[],"by_key":{}})", "customer", "wrong type: expected text, found null");
  check_whole_error(R"({"customer":"c","items":{},"by_key":{}})", "items",
                    "wrong type: expected list<record>, found an object");
  check_whole_error(R"({"customer":"c","items":[],"by_key":[]})", "by_key",
                    "wrong type: expected map<record>, found a list");
  check_whole_error("[]", "", "wrong type: expected record, found a list");
}

TEST_CASE("a number out of range is refused by the type that it does not fit", "[schema][json][error]") {
  check_error(R"("rating":256)", "rating", "256 does not fit uint8");
  check_error(R"("rating":-1)", "rating", "-1 does not fit uint8");
  check_error(R"("rating":18446744073709551615)", "rating", "18446744073709551615 does not fit uint8");
  check_error(R"("rating":256.0)", "rating", "256.0 does not fit uint8");
  check_error(R"("f32":1e39)", "f32", "1e39 does not fit float32");
  check_whole_error(R"({"customer":"c","items":[{"name":"n","count":2147483648}],"by_key":{}})", "items[0].count",
                    "2147483648 does not fit int32");
}

TEST_CASE("an unknown enumerator is refused with those that there are", "[schema][json][error]") {
  check_error(R"("verb":"explode")", "verb", R"("explode" is none of create, update, delete)");
  check_error(R"("verb":"delete_")", "verb", R"("delete_" is none of create, update, delete)");
  check_error(R"("verb":"")", "verb", R"("" is none of create, update, delete)");
}

TEST_CASE("an unknown enumerator is shown whole", "[schema][json][error]") {
  const std::string name = "explode_" + std::string(200, 'o');
  check_error(R"("verb":")" + name + "\"", "verb", '"' + name + R"(" is none of create, update, delete)");
  std::string endless;
  for (int i = 0; i < 600; ++i) endless += "\u00e9";  // of two bytes
  std::string shown;
  for (int i = 0; i < 500; ++i) shown += "\u00e9";
  check_error(R"("verb":")" + endless + "\"", "verb", '"' + shown + "\u2026\" is none of create, update, delete");
}

TEST_CASE("malformed times, UUIDs and base64 each have their own sentence", "[schema][json][error]") {
  check_error(R"("due":"yesterday")", "due", "malformed time yesterday: expected RFC 3339 like 2026-01-27T10:30:00Z");
  check_error(R"("due":"2026-02-30T10:30:00Z")", "due", "malformed time 2026-02-30T10:30:00Z: no such day");
  check_error(R"("id":"123")", "id",
              "malformed UUID: expected 36 characters like 123e4567-e89b-12d3-a456-426614174000");
  for (const auto* const text : {"????", "AP8QIA=!", "A", "AA=", "AA", "AAA", "AA==AA==", "=", "===="}) {
    CAPTURE(text);
    check_error(R"("blob":")" + std::string{text} + "\"", "blob", "malformed base64");
  }
}

TEST_CASE("free data over 64 KiB is too large", "[schema][json][error]") {
  const auto text_of = [](std::size_t size) { return R"("free":")" + std::string(size - 2, 'x') + "\""; };
  check_error(text_of(65537), "free", "free data is 65537 bytes, the limit is 65536", Errc::too_large);
  CHECK(from_json<Order>(R"({"customer":"c","items":[],"by_key":{},)" + text_of(65536) + "}"));
}

TEST_CASE("malformed JSON and text that is not UTF-8 are told apart", "[schema][json][error]") {
  const auto broken = from_json<Order>(R"({"customer":)");
  REQUIRE_FALSE(broken);
  CHECK(broken.error().code == Errc::invalid_argument);
  CHECK(broken.error().detail.starts_with("malformed JSON: "));
  const auto latin1 = from_json<Order>("{\"customer\":\"\xE9\"}");
  REQUIRE_FALSE(latin1);
  CHECK(latin1.error().detail == "not UTF-8");
}

TEST_CASE("a type nested deeper than 64 levels reads no JSON and no bytes", "[schema][json][error]") {
  Type type{Kind::int64};
  std::string json = "1";
  Bytes bytes(8);
  for (int level = 0; level < 70; ++level) {
    type = Type{Kind::list, std::move(type)};
    json = "[" + json + "]";
    const Bytes one{std::byte{1}, std::byte{0}, std::byte{0}, std::byte{0}};
    bytes.insert(bytes.begin(), one.begin(), one.end());
  }
  const auto read = json_to_bytes(type, json);
  REQUIRE_FALSE(read);
  CHECK(read.error().detail == "nested deeper than 64 levels");
  std::string shown;
  const auto written = bytes_to_json(type, bytes, shown);
  REQUIRE_FALSE(written);
  CHECK(written.error().code == Errc::corrupt_record);
  BytesReader reader{bytes};
  CHECK(reader.value(type).empty());
  CHECK_FALSE(reader.ok());
}

}  // namespace json_error_test
