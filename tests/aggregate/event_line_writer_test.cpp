#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/log/memory_log.hpp>

#include "schema/event_lines.hpp"

namespace event_line_writer_test {

using namespace eventstore;
using namespace samples;

TEST_CASE("a line that is written reads back as the same event", "[writer][line]") {
  const ManualClock clock{Timestamp{1}};
  MemoryLog log{clock};
  auto line = read_line(
      line_with(R"(,"organization_id":"org-1","metadata":{"user_id":"u-9","trace":{"b":[1],"a":"é"},"n":null})",
                R"({"x":0.1,"at":"2026-01-27T10:30:00.5Z","free":{"z":1,"a":2}})"));
  EventWriter writer;
  writer.add(line);
  REQUIRE(writer.append_to(log));
  const SchemaReader schemas{log};
  const auto page = log.read_all();
  REQUIRE(page);
  REQUIRE(page->events.size() == 1);
  string written;
  REQUIRE(append_event_line(page->events.front(), schemas, written));
  CHECK(
      written ==
      R"({"organization_id":"org-1","event_type":"Moved","event_data":{"x":0.1,"at":"2026-01-27T10:30:00.500000Z",)"
      R"("free":{"z":1,"a":2}},"aggregate_id":"7","aggregate_type":"thing","created_at":"2026-01-27T10:30:00.000000Z",)"
      R"("version":1,"metadata":{"user_id":"u-9","trace":{"b":[1],"a":"é"},"n":null},"event_id":")" +
          line.metadata.event_id.to_string() + R"(","position":1})");
  const auto again = read_line(written);
  CHECK(again.version == Version{1});
  CHECK(again.metadata == line.metadata);
  CHECK(again.data == line.data);
  CHECK(again.tagged == line.tagged);
}

TEST_CASE("an event type that this build does not know keeps its data as JSON where that is asked for",
          "[writer][line]") {
  const auto line = read_line(R"({"event_type":"Exploded","event_data":{"loud":true,"n":[1.0]},"aggregate_id":"7",)"
                              R"("aggregate_type":"bomb","created_at":"2026-01-27T10:30:00Z"})",
                              UnknownTypes::keep_as_json);
  CHECK(line.schema == nullptr);
  CHECK(as_text(line.data) == R"({"loud":true,"n":[1.0]})");
  EventWriter writer;
  writer.add(line);
  const auto& event = writer.events().front();
  CHECK(event.codec == Codec::json);
  CHECK(event.schema.is_none());
  const ManualClock clock{Timestamp{1}};
  MemoryLog log{clock};
  REQUIRE(writer.append_to(log));
  const auto page = log.read_all();
  string written;
  REQUIRE(append_event_line(page->events.front(), SchemaReader{log}, written));
  CHECK(written.find(R"("event_data":{"loud":true,"n":[1.0]})") != string::npos);
}

TEST_CASE("an event's views are those of its line", "[writer][line]") {
  const auto line = read_line(line_with(R"(,"organization_id":"org-1","metadata":{"user_id":"u"})"));
  EventWriter writer;
  writer.add(line);
  const auto& event = writer.events().front();
  CHECK(event.stream == line.stream);
  CHECK(event.type == "Moved");
  CHECK(event.organization == "org-1");
  CHECK(event.schema == schema_of<Moved>().id);
  CHECK(event.codec == Codec::binary);
  CHECK(event.data.data() == line.data.data());
  CHECK(event.metadata.data() == line.tagged.data());
}

}  // namespace event_line_writer_test
