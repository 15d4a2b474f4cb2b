#include <algorithm>
#include <eventstore/log/memory_log.hpp>

#include "schema/event_lines.hpp"

namespace event_line_test {

using namespace eventstore;
using namespace samples;

namespace {

string id_of(std::string_view text) { return read_line(text).metadata.event_id.to_string(); }

string data_of(const EventLine& line) {
  string json;
  REQUIRE(bytes_to_json(line.schema->type, line.data, json));
  return json;
}

}  // namespace

TEST_CASE("a line gives the event that it describes", "[line]") {
  const auto line = read_line(line_with(
      R"(,"organization_id":"org-1","version":3,"position":812,"event_id":"123e4567-e89b-12d3-a456-426614174000",)"
      R"("metadata":{"user_id":"u-9","ip_address":"::1","user_agent":"curl","correlation_id":"c","causation_id":"d"})"));
  CHECK(line.stream.text() == "thing-7");
  CHECK(line.type == "Moved");
  CHECK(line.version == Version{3});
  CHECK(line.schema == &schema_of<Moved>());
  CHECK(decode<Moved>(line.data) == Moved{30, {}, {}, {}});
  CHECK(line.metadata.organization == "org-1");
  CHECK(line.metadata.created_at.to_string() == "2026-01-27T10:30:00.000000Z");
  CHECK(line.metadata.user_id == "u-9");
  CHECK(line.metadata.ip_address == "::1");
  CHECK(line.metadata.user_agent == "curl");
  CHECK(line.metadata.correlation_id == "c");
  CHECK(line.metadata.causation_id == "d");
  CHECK(line.metadata.extra.empty());
  CHECK(line.metadata.event_id.to_string() == "123e4567-e89b-12d3-a456-426614174000");
}

TEST_CASE("what may be missing gets its stand-in", "[line]") {
  const auto line = read_line(line_with(""));
  CHECK_FALSE(line.version);
  CHECK(line.metadata.organization == "default");
  CHECK(line.metadata.user_id.empty());
  CHECK_FALSE(line.metadata.event_id == EventId{});
  CHECK(line.tagged.empty());
  const auto nulls =
      read_line(line_with(R"(,"organization_id":null,"version":null,"event_id":null,"metadata":null,"position":null)"));
  CHECK(nulls.metadata == line.metadata);
}

TEST_CASE("an aggregate's key may hold dashes and any printable text", "[line]") {
  const auto line = read_line(R"({"event_type":"Moved","event_data":{"x":1},"aggregate_id":"a-b-ü","aggregate_type":)"
                              R"("thing","created_at":"2026-01-27T10:30:00Z"})");
  CHECK(line.stream.text() == "thing-a-b-ü");
  CHECK(line.stream.key() == "a-b-ü");
}

TEST_CASE("a derived id is the same for the same line, however it is written", "[line][id]") {
  const auto id = id_of(line_with("", R"({"x":30,"by":"me"})"));
  CHECK(id == "8b877704-ac0e-5fc7-9e78-5b53c1008d74");
  CHECK(id_of(line_with("", R"({"x":30.0,"by":"me"})")) == id);
  CHECK(id_of(line_with("", R"({"x":30,"free":[1,{"a":2}]})")) ==
        id_of(line_with("", R"({"free":[1.0,{"a":2.0}],"x":30})")));
  CHECK(id_of(line_with("", R"({ "by" : "m\u0065", "x" : 3e1 })")) == id);
  CHECK(id_of(line_with(R"(,"position":9,"_id":{"$oid":"507f1f77bcf86cd799439011"})", R"({"x":30,"by":"me"})")) == id);
  CHECK(id_of(line_with(R"(,"organization_id":"default","metadata":{"user_id":"u"})", R"({"x":30,"by":"me"})")) == id);
}

TEST_CASE("a derived id differs with stream, type, version, organization, time and data", "[line][id]") {
  std::vector<string> ids{
      id_of(line_with("")),
      id_of(line_with("", R"({"x":31})")),
      id_of(line_with(R"(,"version":1)")),
      id_of(line_with(R"(,"version":2)")),
      id_of(line_with(R"(,"organization_id":"org-1")")),
      id_of(
          R"({"event_type":"Moved","event_data":{"x":30},"aggregate_id":"8","aggregate_type":"thing","created_at":"2026-01-27T10:30:00Z"})"),
      id_of(
          R"({"event_type":"Moved","event_data":{"x":30},"aggregate_id":"7","aggregate_type":"thing","created_at":"2026-01-27T10:30:00.000001Z"})"),
  };
  const auto kept = read_line(R"({"event_type":"Moved2","event_data":{"x":30},"aggregate_id":"7","aggregate_type":)"
                              R"("thing","created_at":"2026-01-27T10:30:00Z"})",
                              UnknownTypes::keep_as_json);
  ids.push_back(kept.metadata.event_id.to_string());
  const auto count = ids.size();
  std::sort(ids.begin(), ids.end());
  CHECK(static_cast<std::size_t>(std::unique(ids.begin(), ids.end()) - ids.begin()) == count);
}

TEST_CASE("identical lines without a version are told apart by their occurrence, the same way in every reading",
          "[line][id]") {
  const auto known = event_types();
  const auto ids_of_file = [&known] {
    EventLineReader reader{known};
    std::vector<EventId> ids;
    for (int i = 0; i < 3; ++i) ids.push_back(reader.read(line_with(""))->metadata.event_id);
    return ids;
  };
  const auto first = ids_of_file();
  CHECK(first == ids_of_file());
  CHECK((first[0] != first[1] && first[1] != first[2] && first[0] != first[2]));
  EventLineReader reader{known};
  const auto claimed = reader.read(line_with(R"(,"version":1)"));
  CHECK(claimed->metadata.event_id == reader.read(line_with(R"(,"version":1)"))->metadata.event_id);
}

TEST_CASE("what mongoexport prints is understood", "[line][mongo]") {
  const auto line = read_line(
      R"({"_id":{"$oid":"507f1f77bcf86cd799439011"},"organization_id":{"$oid":"607f1f77bcf86cd799439012"},)"
      R"("event_type":"Moved","event_data":{"x":{"$numberDouble":"1.5"},"at":{"$date":"2026-01-27T10:30:00Z"},)"
      R"("by":{"$oid":"507f1f77bcf86cd799439013"},"free":{"n":{"$numberInt":"3"},"at":{"$date":0},)"
      R"("list":[{"$numberLong":"9007199254740993"}]}},)"
      R"("aggregate_id":"7","aggregate_type":"thing","created_at":{"$date":{"$numberLong":"1769509800123"}},)"
      R"("version":{"$numberLong":"3"},"metadata":{"user_id":{"$oid":"507f1f77bcf86cd799439014"}}})");
  CHECK(line.metadata.organization == "607f1f77bcf86cd799439012");
  CHECK(line.metadata.created_at.to_string() == "2026-01-27T10:30:00.123000Z");
  CHECK(line.metadata.user_id == "507f1f77bcf86cd799439014");
  CHECK(line.version == Version{3});
  CHECK(data_of(line) == R"({"x":1.5,"at":"2026-01-27T10:30:00.000000Z","by":"507f1f77bcf86cd799439013",)"
                         R"("free":{"n":3,"at":"1970-01-01T00:00:00Z","list":[9007199254740993]}})");
}

TEST_CASE("a line of mongoexport and its plain form derive the same id", "[line][mongo][id]") {
  const string plain = line_with("", R"({"x":30,"at":"2026-01-27T10:30:00Z"})");
  CHECK(id_of(line_with("", R"({"x":{"$numberInt":"30"},"at":{"$date":"2026-01-27T10:30:00Z"}})")) == id_of(plain));
}

}  // namespace event_line_test
