// Every way in which a line is malformed: its own sentence and where.
#include "schema/event_lines.hpp"

namespace event_line_error_test {

using namespace eventstore;
using namespace samples;

namespace {

void check_line(std::string_view text, std::string_view where, std::string_view detail,
                Errc code = Errc::invalid_argument) {
  const auto error = error_of_line(text);
  CHECK(error.code == code);
  CHECK(error.where == where);
  CHECK(error.detail == detail);
}

// A whole line in which one member's value is another; empty: it is missing.
string line_but(std::string_view name, std::string_view value) {
  string line = "{";
  for (const auto& [member, usual] : {std::pair{"event_type", R"("Moved")"},
                                      {"event_data", R"({"x":30})"},
                                      {"aggregate_id", R"("7")"},
                                      {"aggregate_type", R"("thing")"},
                                      {"created_at", R"("2026-01-27T10:30:00Z")"}}) {
    const auto shown = name == member ? value : std::string_view{usual};
    if (shown.empty()) continue;
    line += (line.size() > 1 ? ",\"" : "\"") + string{member} + "\":" + string{shown};
  }
  return line + "}";
}

}  // namespace

TEST_CASE("a line that is not one JSON object is refused", "[line][error]") {
  check_line("[]", "", "expected one JSON object a line");
  check_line("7", "", "expected one JSON object a line");
  CHECK(error_of_line("{\"event_type\":").detail.starts_with("malformed JSON: "));
  CHECK(error_of_line("").detail.starts_with("malformed JSON: "));
  CHECK(error_of_line("{} {}").detail.starts_with("malformed JSON: "));
}

TEST_CASE("a line that is not UTF-8 is refused", "[line][error]") {
  check_line(line_with("", "{\"x\":30,\"by\":\"\xE9\"}"), "", "not UTF-8");
  check_line("\xFF", "", "not UTF-8");
}

TEST_CASE("a field that is missing from a line is named", "[line][error]") {
  for (const auto* const field : {"event_type", "event_data", "aggregate_id", "aggregate_type", "created_at"}) {
    CAPTURE(field);
    check_line(line_but(field, ""), field, "missing field");
  }
}

TEST_CASE("all fields that are missing from a line are named at once", "[line][error]") {
  check_line("{}", "aggregate_type", "missing field; also missing: aggregate_id, event_type, created_at, event_data");
  check_line(R"({"event_type":"Moved","aggregate_id":"7","created_at":7})", "aggregate_type",
             "missing field; also missing: event_data");
}

TEST_CASE("a field of a line that is not text, or empty, is named", "[line][error]") {
  for (const auto* const field : {"event_type", "aggregate_id", "aggregate_type", "created_at"}) {
    CAPTURE(field);
    check_line(line_but(field, "7"), field, "wrong type: expected text");
    check_line(line_but(field, "null"), field, "wrong type: expected text");
    check_line(line_but(field, R"("")"), field, "empty");
  }
  check_line(line_with(R"(,"organization_id":7)"), "organization_id", "wrong type: expected text");
  check_line(line_with(R"(,"organization_id":"")"), "organization_id", "empty");
}

TEST_CASE("a field that a line does not have is named", "[line][error]") {
  check_line(line_with(R"(,"event_typo":1)"), "event_typo", "unknown field");
  check_line(line_with(R"(,"":1)"), "", "unknown field");
}

TEST_CASE("a name that is too long or not printable is refused", "[line][error]") {
  const auto text_of = [](std::size_t size) { return "\"" + string(size, 'x') + "\""; };
  check_line(line_but("event_type", text_of(201)), "event_type", "expected 1 to 200 bytes of printable UTF-8");
  check_line(line_with(R"(,"organization_id":"a\nb")"), "organization_id",
             "the character U+000A at byte 1 cannot be seen: a name has only characters that show");
  check_line(line_but("aggregate_id", text_of(201)), "aggregate_id", "a key is 1 to 200 bytes of printable UTF-8");
  check_line(line_but("aggregate_id", R"("a\u0000")"), "aggregate_id",
             "the character U+0000 at byte 1 cannot be seen: a key has only characters that show");
  check_line(line_but("aggregate_type", R"("Thing")"), "aggregate_type", "a category is 1 to 64 of a-z, 0-9 and _");
  check_line(line_but("aggregate_type", R"("a-b")"), "aggregate_type", "a category is 1 to 64 of a-z, 0-9 and _");
}

TEST_CASE("a malformed time, version or event id is refused", "[line][error]") {
  check_line(line_but("created_at", R"("now")"), "created_at", "now: expected RFC 3339 like 2026-01-27T10:30:00Z");
  check_line(line_but("created_at", R"("2026-02-30T10:30:00Z")"), "created_at", "2026-02-30T10:30:00Z: no such day");
  for (const auto* const version : {"0", "-1", "1.5", "\"1\"", "{}", "18446744073709551615"}) {
    CAPTURE(version);
    check_line(line_with(R"(,"version":)" + string{version}), "version", "expected a whole number from 1");
  }
  for (const auto* const id : {"7", "\"\"", "\"123\"", "\"00000000-0000-0000-0000-000000000000\""}) {
    CAPTURE(id);
    check_line(line_with(R"(,"event_id":)" + string{id}), "event_id", "expected a UUID");
  }
}

TEST_CASE("a date of mongoexport that is no date of ours is refused, not wrapped around", "[line][mongo][error]") {
  const auto check = [](const string& millis, const string& reason) {
    CAPTURE(millis);
    check_line(line_but("created_at", R"({"$date":{"$numberLong":")" + millis + R"("}})"), "created_at", reason);
  };
  for (const auto* const millis :
       {"9223372036854775807", "-9223372036854775808", "253402300800000", "-62135596800001", "9223372036854775808"})
    check(millis, "the date " + string{millis} + " ms is outside the years 0001 to 9999");
  for (const auto* const millis : {"12x", ""}) check(millis, "wrong type: expected text");
  CHECK(read_line(line_but("created_at", R"({"$date":253402300799999})")).metadata.created_at.to_string() ==
        "9999-12-31T23:59:59.999000Z");
}

TEST_CASE("a number of mongoexport that JSON cannot say is refused where it stands", "[line][mongo][error]") {
  for (const auto* const text : {"NaN", "Infinity", "", "1,\\\"y\\\":2"})
    check_line(line_with("", R"({"x":{"$numberDouble":")" + string{text} + "\"}}"), "event_data.x",
               "wrong type: expected float64, found an object");
}

TEST_CASE("data that does not fit its event is refused by the path in it", "[line][error]") {
  check_line(line_with("", "{}"), "event_data.x", "missing field");
  check_line(line_with("", R"({"x":1,"y":2})"), "event_data.y", "unknown field");
  check_line(line_with("", R"({"x":"1"})"), "event_data.x", "wrong type: expected float64, found text");
  check_line(line_with("", "null"), "event_data", "wrong type: expected record, found null");
}

TEST_CASE("metadata of the wrong type is refused", "[line][error]") {
  check_line(line_with(R"(,"metadata":[])"), "metadata", "wrong type: expected an object");
  check_line(line_with(R"(,"metadata":{"user_id":7})"), "metadata.user_id", "wrong type: expected text");
}

TEST_CASE("free data and metadata over 64 KiB are too large", "[line][error]") {
  const string large(65536, 'x');
  check_line(line_with("", R"({"x":1,"free":")" + large + "\"}"), "event_data.free",
             "free data is 65538 bytes, the limit is 65536", Errc::too_large);
  check_line(line_with(R"(,"metadata":{"trace":")" + large + "\"}"), "metadata",
             "free data is 65548 bytes, the limit is 65536", Errc::too_large);
}

TEST_CASE("an event type or category that this build does not know is refused with those that it knows",
          "[line][error]") {
  check_line(line_but("event_type", R"("Exploded")"), "thing-7",
             "this build does not know Exploded; thing has EverythingHappened, Moved (--raw keeps the data as JSON)",
             Errc::unknown_event_type);
  check_line(line_but("aggregate_type", R"("bomb")"), "bomb-7",
             "this build does not know Moved; the categories are other, thing (--raw keeps the data as JSON)",
             Errc::unknown_event_type);
}

TEST_CASE("a reader goes on after a line that it refused", "[line][error]") {
  const auto known = event_types();
  EventLineReader reader{known};
  const auto before = reader.read(line_with(R"(,"version":1)"));
  REQUIRE(before);
  CHECK_FALSE(reader.read("{"));
  CHECK_FALSE(reader.read(line_with(R"(,"version":{"$numberLong":"NaN"})")));
  const auto after = reader.read(line_with(R"(,"version":1)"));
  REQUIRE(after);
  CHECK(after->metadata.event_id == before->metadata.event_id);
}

TEST_CASE("a line that is no JSON object says what it is, and what to do", "[line][error]") {
  const auto check = [](std::string_view line, std::string_view reason) {
    CAPTURE(line);
    CHECK(error_of_line(line).detail == "malformed JSON: " + string{reason});
  };
  const string cut_after = "the line ends within an object: each object stands on one line, which is cut in two here";
  const string cut_before =
      "the line begins within an object: each object stands on one line, which is cut in two before";
  check(R"({"a":1}{"b":2})", "two objects on one line: begin a line for each");
  check(R"({"a":"}"} , {"b":2})", "two objects on one line: begin a line for each");
  check(R"({"a":{"b":"\"}}")", cut_after);
  check("{", cut_after);
  check(R"(1","b":2})", cut_before);
  check("event_type,aggregate_id,created_at", "this is CSV: event lines are JSON objects, one a line");
  check("MessageSent,\"c-1\",2026-01-27", "this is CSV: event lines are JSON objects, one a line");
}

TEST_CASE("a line that is UTF-16 is named as such", "[line][error]") {
  for (const auto line : {std::string_view{"\xFF\xFE{\0}\0", 6}, std::string_view{"\0{\0}", 4}})
    CHECK(error_of_line(line).detail ==
          "malformed JSON: the text is UTF-16: convert it to UTF-8, for example with iconv");
}

TEST_CASE("a time without a zone is refused, unless there is one for all", "[line][error]") {
  check_line(line_but("created_at", R"("2026-01-27 10:30:00")"), "created_at",
             "2026-01-27 10:30:00: the time has no zone: write Z or an offset like +01:00 behind it, or give all of "
             "them one with --zone");
  const auto in_data = error_of_line(line_with("", R"({"x":1,"at":"2026-01-27T10:30:00"})"));
  CHECK(in_data.where == "event_data.at");
  CHECK(in_data.detail.ends_with(", or give all of them one with --zone"));
  const auto known = event_types();
  es::EventLineReader reader{
      known, es::UnknownTypes::refuse, {.zone = std::make_shared<es::FixedOffset>(std::chrono::minutes{-90})}};
  const auto line = line_but("created_at", R"("2026-01-27 10:30:00")");
  CHECK(reader.read(line)->metadata.created_at.to_string() == "2026-01-27T12:00:00.000000Z");
  const auto data = line_with("", R"({"x":1,"at":"2026-01-27T10:30:00"})");
  string json;
  const auto read = reader.read(data);
  REQUIRE(read);
  REQUIRE(es::bytes_to_json(read->schema->type, read->data, json));
  CHECK(json == R"({"x":1.0,"at":"2026-01-27T12:00:00.000000Z"})");
  CHECK(read->metadata.created_at.to_string() == "2026-01-27T10:30:00.000000Z");  // it names its own
}

TEST_CASE("a time that its zone refuses is refused for the reason that the zone gives", "[line][error]") {
  struct Refusing final : es::Zone {
    [[nodiscard]] es::Result<std::chrono::seconds> offset_at(std::chrono::local_seconds local) const override {
      CHECK(local.time_since_epoch() == std::chrono::seconds{1'769'509'800});
      return es::failure(Errc::invalid_argument, "", "", "the clocks stand still");
    }
    [[nodiscard]] std::chrono::seconds offset_at(es::Timestamp) const override { return {}; }
  };
  const auto known = event_types();
  es::EventLineReader reader{known, es::UnknownTypes::refuse, {.zone = std::make_shared<Refusing>()}};
  const auto error = reader.read(line_but("created_at", R"("2026-01-27 10:30:00.7")")).error();
  CHECK(error.where == "created_at");
  CHECK(error.detail == "2026-01-27 10:30:00.7: the clocks stand still");
  const auto in_data = reader.read(line_with("", R"({"x":1,"at":"2026-01-27T10:30:00"})")).error();
  CHECK(in_data.where == "event_data.at");
  CHECK(in_data.detail == "malformed time 2026-01-27T10:30:00: the clocks stand still");
}

TEST_CASE("a name with characters that nobody sees is refused, and they are named", "[line][error]") {
  check_line(line_but("event_type", "\"Mo\xE2\x80\x8Bved\""), "event_type",
             "the character U+200B at byte 2 cannot be seen: a name has only characters that show");
  check_line(line_but("aggregate_id", "\"7\xE2\x80\xAE\""), "aggregate_id",
             "the character U+202E at byte 1 cannot be seen: a key has only characters that show");
  check_line(line_with(",\"organization_id\":\"\xE2\x81\xA6org\""), "organization_id",
             "the character U+2066 at byte 0 cannot be seen: a name has only characters that show");
}

}  // namespace event_line_error_test
