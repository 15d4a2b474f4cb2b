#include <eventstore/schema/codec.hpp>
#include <eventstore/schema/event_line.hpp>
#include <eventstore/schema/fields.hpp>
#include <eventstore/schema/json_codec.hpp>

#include <catch2/catch.hpp>

namespace also_read_number_test {

namespace es = eventstore;
using std::optional, std::string;

namespace {

struct CallEnded {
  EVENTSTORE_EVENT(CallEnded, (optional<string>, code, , es::also_read_number),
                   (string, line, "0", es::also_read_number), (optional<string>, plain));
};

struct Misused {
  EVENTSTORE_EVENT(Misused, (bool, code, false, es::also_read_number));
};

CallEnded read(const string& json) {
  const auto event = es::from_json<CallEnded>(json);
  if (!event) FAIL(event.error().message());
  return *event;
}

string event_id(const string& data) {
  es::EventTypes types;
  types.add("call", es::schema_of<CallEnded>());
  const auto line = es::EventLineReader{types}.read(
      R"({"event_type":"CallEnded","aggregate_type":"call","aggregate_id":"1","created_at":"2026-01-27T10:30:00Z",)"
      R"("event_data":)" +
      data + "}");
  if (!line) FAIL(line.error().message());
  return line->metadata.event_id.to_string();
}

}  // namespace

TEST_CASE("a text is read from a number as well as from text", "[json]") {
  CHECK(read(R"({"code":131026})").code == "131026");
  CHECK(read(R"({"code":"131026"})").code == "131026");
  CHECK(read(R"({"code":-7})").code == "-7");
  CHECK(read(R"({"code":18446744073709551615})").code == "18446744073709551615");
  CHECK(read(R"({"code":1.50})").code == "1.50");
  CHECK(read(R"({"code":null})").code == std::nullopt);
  CHECK(read("{}").line == "0");
  CHECK(read(R"({"line":12})").line == "12");
}

TEST_CASE("other kinds and other fields are read as before", "[json]") {
  for (const string json : {R"({"code":true})", R"({"code":[1]})", R"({"code":{}})", R"({"plain":7})"}) {
    CAPTURE(json);
    CHECK_FALSE(es::from_json<CallEnded>(json));
  }
  CHECK_FALSE(es::from_json<Misused>(R"({"code":7})"));
}

TEST_CASE("a number is written as text and makes the same event", "[json]") {
  CHECK(es::to_json(read(R"({"code":131026})")) == R"({"code":"131026","line":"0"})");
  CHECK(event_id(R"({"code":131026})") == event_id(R"({"code":"131026"})"));
  CHECK(event_id(R"({"code":131026})") != event_id(R"({"code":131047})"));
}

TEST_CASE("the schema of a field is the same with and without the attribute", "[json]") {
  CHECK(es::schema_of<CallEnded>().descriptor == "CallEnded{code:text?,line:text,plain:text?}");
}

}  // namespace also_read_number_test
