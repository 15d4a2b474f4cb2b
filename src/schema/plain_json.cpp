#include "plain_json.hpp"

#include <eventstore/core/timestamp.hpp>
#include <eventstore/schema/detail/json_text.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace eventstore {
inline namespace v1 {
namespace {

// The years 0001 to 9999.
constexpr std::int64_t millis_min = -62'135'596'800'000;
constexpr std::int64_t millis_max = 253'402'300'799'999;

// Format: MongoDB Extended JSON v2, relaxed and canonical (mongodb/specifications, "extended-json").
bool write_date(JsonNode date, std::string& out) {
  std::int64_t millis = date.integer();
  if (const auto wrapped = date.find("$numberLong")) {
    const auto digits = wrapped->text();
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), millis);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return false;
  } else if (date.kind() == JsonKind::text) {
    append_json_string(out, date.text());
    return true;
  } else if (date.kind() != JsonKind::integer) {
    return false;
  }
  if (millis < millis_min || millis > millis_max) return false;
  append_json_string(out, Timestamp{millis * 1000}.to_string());
  return true;
}

// The number is read and written again, so that no other text gets into the JSON. A number that JSON cannot express
// (NaN) stays wrapped.
bool write_number(std::string_view digits, std::string& out) {
  const auto* const end = digits.data() + digits.size();
  std::int64_t whole = 0;
  if (const auto read = std::from_chars(digits.data(), end, whole); read.ec == std::errc{} && read.ptr == end) {
    append_json_number(out, whole);
    return true;
  }
  double real = 0;
  const auto read = std::from_chars(digits.data(), end, real);
  if (read.ec != std::errc{} || read.ptr != end || !std::isfinite(real)) return false;
  append_json_number(out, real);
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
    if (const auto number = node.find(name); number && number->kind() == JsonKind::text)
      return write_number(number->text(), out);
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

}  // namespace v1
}  // namespace eventstore
