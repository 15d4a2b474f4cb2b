#pragma once
// Event types, lines to read against it, and the error of a line that is refused.
#include <catch2/catch.hpp>
#include <eventstore/schema/event_line.hpp>

#include "schema/samples.hpp"

namespace samples {

struct Moved {
  EVENTSTORE_EVENT(Moved, "Moved", (double, x), (std::optional<es::Timestamp>, at), (std::optional<string>, by),
                   (std::optional<es::Json>, free));
};

inline es::EventTypes event_types() {
  es::EventTypes known;
  known.add("thing", es::schema_of<Moved>());
  known.add("thing", es::schema_of<Everything>());
  known.add("other", es::schema_of<Everything>());
  return known;
}

inline es::EventLine read_line(std::string_view text, es::UnknownTypes unknown = es::UnknownTypes::refuse) {
  CAPTURE(text);
  const auto known = event_types();
  auto line = es::EventLineReader{known, unknown}.read(text);
  if (!line) FAIL(line.error().message());
  return std::move(*line);
}

inline es::Error error_of_line(std::string_view text) {
  CAPTURE(text.substr(0, 300));
  const auto known = event_types();
  const auto line = es::EventLineReader{known}.read(text);
  REQUIRE_FALSE(line);
  CHECK(line.error().during == "read event line");
  return line.error();
}

/// A whole line; `more` comes before its end: `,"version":3`.
inline string line_with(std::string_view more = {}, std::string_view data = R"({"x":30})") {
  return R"({"event_type":"Moved","event_data":)" + string{data} +
         R"(,"aggregate_id":"7","aggregate_type":"thing","created_at":"2026-01-27T10:30:00Z")" + string{more} + "}";
}

}  // namespace samples
