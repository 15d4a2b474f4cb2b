// Ids that are derived from what a line says, however it is spelled.
#include <catch2/catch.hpp>
#include <eventstore/schema/codec.hpp>
#include <eventstore/schema/detail/canonical_data.hpp>
#include <eventstore/schema/event_line.hpp>
#include <eventstore/schema/json_codec.hpp>

#include "schema/kinds.hpp"

namespace derived_id_test {

using namespace eventstore;
using std::string;

namespace {

struct Size {
  EVENTSTORE_FIELDS(Size, (double, length), (std::optional<double>, width), (bool, round, false));
};
struct Packed {
  EVENTSTORE_EVENT(Packed, "Packed", (string, label), (std::int64_t, count, 1), (std::optional<string>, note),
                   (std::optional<Size>, size), (std::optional<Json>, free), (std::optional<string>, by, "me"));
};
// The same event as a later release has it.
struct PackedLater {
  EVENTSTORE_EVENT(PackedLater, "Packed", (std::optional<string>, packer, "me", eventstore::was("by")),
                   (std::optional<Json>, free), (std::optional<Size>, size),
                   (std::int64_t, pieces, 1, eventstore::was("count")), (string, label), (std::optional<string>, note),
                   (bool, sealed, false));
};

string line_of(const string& data) {
  return R"({"aggregate_type":"parcel","aggregate_id":"7","event_type":"Packed","version":1,)"
         R"("created_at":"2026-01-27T10:30:00Z","event_data":)" +
         data + "}";
}

template <class E> EventLine read(const string& data) {
  EventTypes known;
  known.add("parcel", schema_of<E>());
  auto line = EventLineReader{known}.read(line_of(data));
  if (!line) FAIL(line.error().message());
  return std::move(*line);
}

template <class E> string canonical(const E& value) {
  string text;
  write_canonical_data(schema_of<E>().type, encode(value), text);
  return text;
}

const string plain = R"({"label":"a","size":{"length":2.5},"free":{"x":1,"y":[1.5]}})";
const std::vector<string> spellings{
    plain,
    R"({"free":{"y":[1.50],"x":1.0},"size":{"length":25e-1},"label":"a"})",
    R"({"label":"\u0061","note":null,"size":{"width":null,"length":2.5,"round":false},"free":{"x":1,"y":[1.5]}})",
    R"({"label":"a","count":1,"size":{"length":2.5},"free":{"x":1,"y":[1.5]},"by":"me"})",
};

}  // namespace

TEST_CASE("a derived id stands for the event and not for its spelling", "[line][id]") {
  const auto id = read<Packed>(plain).metadata.event_id;
  CHECK(id.to_string() == "187f61df-2a37-53ea-a7d4-c4c7caa308bb");
  for (const auto& spelling : spellings) {
    CAPTURE(spelling);
    CHECK(read<Packed>(spelling).metadata.event_id == id);
  }
  for (const auto* const other : {R"({"label":"a","size":{"length":2.5},"free":{"x":1,"y":[1.5]},"by":null})",
                                  R"({"label":"a","size":{"length":2.5},"free":{"x":1,"y":[1.5]},"count":2})",
                                  R"({"label":"a","size":{"length":2.5,"width":0},"free":{"x":1,"y":[1.5]}})",
                                  R"({"label":"a","size":{"length":2.5},"free":{"x":1,"y":[1.5],"z":null}})"}) {
    CAPTURE(other);
    CHECK(read<Packed>(other).metadata.event_id != id);
  }
}

TEST_CASE("fields that are renamed moved and added change no derived id", "[line][id]") {
  for (const auto& spelling : spellings)
    CHECK(read<PackedLater>(spelling).metadata.event_id == read<Packed>(plain).metadata.event_id);
  CHECK(read<PackedLater>(R"({"label":"a","pieces":2,"packer":"you"})").metadata.event_id ==
        read<Packed>(R"({"label":"a","count":2,"by":"you"})").metadata.event_id);
}

TEST_CASE("the id that earlier builds derived is told where it is another one", "[line][id]") {
  CHECK(read<Packed>(plain).former_id == EventId{});
  const auto spelled = read<Packed>(spellings.back());
  CHECK(spelled.former_id.to_string() == "dd23f22d-68b0-5904-9286-0ad29a753148");
  const string given = line_of(spellings.back());
  EventTypes known;
  known.add("parcel", schema_of<Packed>());
  EventLineReader reader{known};
  const auto with_id =
      reader.read(given.substr(0, given.size() - 1) + R"(,"event_id":"5b0c3f0e-0d6b-4d3c-9a53-0123456789ab"})");
  REQUIRE(with_id);
  CHECK(with_id->former_id == EventId{});
}

TEST_CASE("canonical data leaves out what says nothing and sorts the rest", "[line][id]") {
  CHECK(canonical(Packed{.label = "b\"", .count = 1, .by = "me"}) == R"({"label":"b\""})");
  CHECK(canonical(Packed{.label = "",
                         .count = 0,
                         .size = Size{1, 0.5, true},
                         .free = Json{R"({"b":[],"a":1e2})"},
                         .by = std::nullopt}) ==
        R"({"by":null,"count":0,"free":{"a":100,"b":[]},"label":"","size":{"length":1,"round":true,"width":0.5}})");
  CHECK(canonical(kinds::Ordered{}).find("payment") != string::npos);
}

TEST_CASE("canonical data is read as the value of which it was made", "[line][id]") {
  const auto bytes = encode(kinds::example());
  const auto& type = schema_of<kinds::Ordered>().type;
  string text;
  write_canonical_data(type, bytes, text);
  const auto read_back = json_to_bytes(type, text);
  if (!read_back) FAIL(read_back.error().message() << " in " << text);
  CHECK(*read_back == bytes);
}

TEST_CASE("canonical data of bytes that are no value ends", "[line][id]") {
  const auto whole = encode(kinds::example());
  const auto& type = schema_of<kinds::Ordered>().type;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    auto bytes = whole;
    bytes[i] = std::byte{0xff};
    string text;
    write_canonical_data(type, bytes, text);
    bytes.resize(i);
    write_canonical_data(type, bytes, text);
  }
  SUCCEED();
}

}  // namespace derived_id_test
