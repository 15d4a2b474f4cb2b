#include "plain_json.hpp"

#include <eventstore/core/timestamp.hpp>
#include <eventstore/schema/json_text.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace eventstore::inline v1 {
namespace {

// Format: MongoDB Extended JSON v2, relaxed and canonical (mongodb/specifications, "extended-json").
bool write_date(JsonNode date, std::string& out) {
  std::int64_t millis = date.integer();
  if (const auto wrapped = date.find("$numberLong")) {
    const auto digits = wrapped->text();
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), millis);
    if (read.ec != std::errc{}) return false;
  } else if (date.kind() == JsonKind::text) {
    append_json_string(out, date.text());
    return true;
  } else if (date.kind() != JsonKind::integer) {
    return false;
  }
  append_json_string(out, Timestamp{millis * 1000}.to_string());
  return true;
}

bool write_wrapped(JsonNode node, std::string& out) {
  if (const auto date = node.find("$date")) return write_date(*date, out);
  if (const auto id = node.find("$oid"); id && id->kind() == JsonKind::text) {
    append_json_string(out, id->text());
    return true;
  }
  static constexpr std::array numbers{"$numberInt", "$numberLong", "$numberDouble", "$numberDecimal"};
  for (const auto* const name : numbers)
    if (const auto number = node.find(name); number && number->kind() == JsonKind::text) {
      out += number->text();
      return true;
    }
  return false;
}

}  // namespace

void write_plain(JsonNode node, std::string& out) {
  switch (node.kind()) {
    case JsonKind::object:
      if (write_wrapped(node, out)) return;
      out += '{';
      node.each_member([&](std::string_view name, JsonNode value) {
        if (out.back() != '{') out += ',';
        append_json_string(out, name);
        out += ':';
        write_plain(value, out);
        return true;
      });
      out += '}';
      return;
    case JsonKind::array:
      out += '[';
      node.each_element([&](JsonNode element) {
        if (out.back() != '[') out += ',';
        write_plain(element, out);
        return true;
      });
      out += ']';
      return;
    default: node.write(out);
  }
}

}  // namespace eventstore::inline v1
