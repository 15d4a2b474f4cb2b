#include <eventstore/app/answer.hpp>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_document.hpp>

#include <cmath>

namespace eventstore {
inline namespace v1 {
namespace detail {
namespace {

void append_number(JsonNode number, std::string& out) {
  const double value = number.number();
  if (value == std::floor(value) && std::abs(value) < 1e15)
    append_json_number(out, static_cast<std::int64_t>(value));
  else
    number.write(out);
}

void append(JsonNode node, std::string& out) {
  const auto separator = [&out] {
    if (out.back() != '{' && out.back() != '[') out += ',';
  };
  switch (node.kind()) {
    case JsonKind::number: append_number(node, out); return;
    case JsonKind::object:
      out += '{';
      node.each_member([&](std::string_view name, JsonNode value) {
        separator();
        append_json_string(out, name);
        out += ':';
        append(value, out);
        return true;
      });
      out += '}';
      return;
    case JsonKind::array:
      out += '[';
      node.each_element([&](JsonNode value) {
        separator();
        append(value, out);
        return true;
      });
      out += ']';
      return;
    default: node.write(out);
  }
}

}  // namespace

std::string with_plain_numbers(const std::string& json) {
  if (json.find(".0") == std::string::npos) return json;
  JsonDocument parser;
  const auto root = parser.parse(json);
  if (!root) return json;
  std::string out;
  append(*root, out);
  return out;
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
