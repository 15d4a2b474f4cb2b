// What stands in JSON for personal values and secrets, and how values that JSON has encrypted are read.
#include <catch2/catch.hpp>

#include <eventstore/core/must.hpp>
#include <eventstore/schema/codec.hpp>
#include <eventstore/schema/detail/canonical_data.hpp>
#include <eventstore/schema/json_codec.hpp>
#include <eventstore/schema/secret.hpp>

namespace stand_in_test {

namespace {

namespace es = eventstore;
using std::optional, std::string;

struct Place {
  EVENTSTORE_FIELDS(Place, (string, street), (string, town));
};
struct Guest {
  EVENTSTORE_FIELDS(Guest, (std::int64_t, room, 0), (string, name, "", es::personal),
                    (optional<string>, phone, , es::personal), (Place, place, , es::personal | es::flattened),
                    (es::Secret, pin, es::Secret{}));
};

const Guest ann{.room = 7, .name = "Ann", .phone = "+49", .place = {"Main Street", "Ulm"}, .pin = es::Secret{"1234"}};

string json_of(const Guest& guest, const es::JsonWriting& writing = {}) {
  string json;
  es::must(es::bytes_to_json(es::schema_of<Guest>().type, es::encode(guest), json, writing));
  return json;
}

}  // namespace

TEST_CASE("a secret prints as sealed unless it is asked for", "[stand-in]") {
  CHECK(json_of(ann) == R"({"room":7,"name":"Ann","phone":"+49","street":"Main Street","town":"Ulm","pin":"sealed"})");
  CHECK(json_of(ann, {.secrets = es::ShownSecrets::revealed}).ends_with(R"("pin":"1234"})"));
  CHECK(json_of(ann, {.secrets = es::ShownSecrets::sealed_unless_empty}).ends_with(R"("pin":"sealed"})"));
  CHECK(json_of({}, {.secrets = es::ShownSecrets::sealed_unless_empty}).ends_with(R"("pin":""})"));
}

TEST_CASE("a text stands in for the values at the places that are given, also for missing and flattened ones",
          "[stand-in]") {
  const Guest guest{};
  // room takes 8 bytes, the name 4, the phone 1, the place 8
  const std::vector<es::StandIn> all{{8, "1"}, {12, "2"}, {13, "3"}, {21, "4"}};
  CHECK(json_of(guest, {.stand_ins = all}) == R"({"room":0,"name":1,"phone":2,"place":3,"pin":4})");
  const std::vector<es::StandIn> one{{12, es::erased_json}};
  CHECK(json_of(guest, {.stand_ins = one}) ==
        R"({"room":0,"name":"","phone":"erased","street":"","town":"","pin":"sealed"})");
  const std::vector<es::StandIn> nowhere{{0, "1"}, {9, "2"}, {99, "3"}};
  CHECK(json_of(guest, {.stand_ins = nowhere}) == json_of(guest));
}

TEST_CASE("encrypted values are read at the places of blank ones, and only where they are asked for", "[stand-in]") {
  const string json = R"({"room":7,"pin":{"$encrypted":{"with":"name"}},"name":{"$encrypted":"QUJD"},"phone":null,)"
                      R"("place":{"$encrypted":{"with":"name"}}})";
  es::JsonDocument document;
  const auto node = es::must(document.parse(json));
  std::vector<es::EncryptedJson> encrypted;
  es::Bytes bytes;
  es::must(es::json_to_bytes(es::schema_of<Guest>().type, node, bytes, {.encrypted = &encrypted}));
  CHECK(bytes == es::encode(Guest{.room = 7}));
  REQUIRE(encrypted.size() == 3);
  CHECK(encrypted[0].path == "name");
  CHECK(encrypted[0].message == "QUJD");
  CHECK(encrypted[0].offset == 8);
  CHECK(encrypted[0].blank_size == 4);
  CHECK(encrypted[1].path == "place");
  CHECK(encrypted[1].offset == 13);
  CHECK(encrypted[2].path == "pin");
  CHECK(encrypted[2].with == "name");
  const auto refused = es::json_to_bytes(es::schema_of<Guest>().type, json);
  REQUIRE(!refused);
  CHECK(refused.error().where == "name");
}

TEST_CASE("what stands in for personal values in canonical text is told by their places", "[stand-in]") {
  string text;
  const auto bytes = es::encode(ann);
  es::write_canonical_data(es::schema_of<Guest>().type, bytes, text, [](std::size_t offset, std::string_view json) {
    return offset == 8 ? string{} : std::to_string(offset) + string{json};
  });
  CHECK(text ==
        R"({"name":"Ann","phone":15"+49","pin":45"1234","place":23{"street":"Main Street","town":"Ulm"},"room":7})");
}

}  // namespace stand_in_test
