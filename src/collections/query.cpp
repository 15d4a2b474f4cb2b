#include <eventstore/collections/query.hpp>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_document.hpp>

namespace eventstore {
inline namespace v1 {
namespace {

struct ValueWriter {
  std::string& out;
  void operator()(std::monostate) const { out += "null"; }
  void operator()(bool value) const { out += value ? "true" : "false"; }
  void operator()(std::int64_t value) const { append_json_number(out, value); }
  void operator()(double value) const { append_json_number(out, value); }
  void operator()(const std::string& value) const { append_json_string(out, value); }
  void operator()(Timestamp value) const { append_json_string(out, value.to_string()); }
};

// A time comes back as text, which is a time again where the field it is compared with is one.
QueryValue value_of(JsonNode node) {
  switch (node.kind()) {
    case JsonKind::boolean: return node.boolean();
    case JsonKind::integer: return node.integer();
    case JsonKind::large_integer:
    case JsonKind::number: return node.number();
    case JsonKind::text: return std::string{node.text()};
    default: return std::monostate{};
  }
}

}  // namespace

std::string Cursor::text() const {
  std::string out{"["};
  for (const auto& value : values) {
    std::visit(ValueWriter{out}, value);
    out += ',';
  }
  append_json_string(out, id);
  return out + ']';
}

Result<Cursor> Cursor::parse(std::string_view text) {
  JsonDocument parser;
  const auto root = parser.parse(text);
  std::vector<QueryValue> values;
  if (root && root->kind() == JsonKind::array)
    root->each_element([&](JsonNode each) {
      values.push_back(value_of(each));
      return true;
    });
  if (values.empty() || !std::holds_alternative<std::string>(values.back()))
    return failure(Errc::invalid_argument, "read cursor", std::string{text.substr(0, 64)},
                   "not a cursor that an earlier page gave");
  Cursor cursor{{}, std::get<std::string>(values.back())};
  values.pop_back();
  cursor.values = std::move(values);
  return cursor;
}

}  // namespace v1
}  // namespace eventstore
