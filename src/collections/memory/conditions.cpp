#include "document.hpp"

#include <eventstore/schema/json_document.hpp>

#include <algorithm>

namespace eventstore::engine::memory {
namespace {

// The column or a part of it as JSON text; empty where there is no value.
std::string part_of(const CollectionShape& shape, const Document& document, const QueriedField& field) {
  const auto place = shape.column(field.column->name);
  auto json = json_of(shape.columns[place], document.columns[place]);
  if (field.path.empty() || json.empty()) return json;
  JsonDocument parser;
  auto node = parser.parse(json);
  for (std::string_view path{field.path}; node && !path.empty();) {
    const auto name = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(path.size(), name.size() + 1));
    const auto found = node->kind() == JsonKind::object ? node->find(name) : std::nullopt;
    if (!found) return {};
    node = *found;
  }
  std::string part;
  if (node) node->write(part);
  return part;
}

bool is_filled(const CollectionShape& shape, const Document& document, const QueriedField& field) {
  if (field.is_id()) return true;
  const auto json = part_of(shape, document, field);
  return !json.empty() && json != "null" && json != "\"\"" && json != "[]" && json != "{}";
}

bool has_element(const CollectionShape& shape, const Document& document, const QueriedField& field,
                 const QueryValue& wanted) {
  JsonDocument parser;
  const auto list = parser.parse(part_of(shape, document, field));
  if (!list || list->kind() != JsonKind::array) return false;
  return !list->each_element([&](JsonNode node) {
    const auto* const text = std::get_if<std::string>(&wanted);
    if (text != nullptr) return node.kind() != JsonKind::text || node.text() != *text;
    if (const auto* const flag = std::get_if<bool>(&wanted))
      return node.kind() != JsonKind::boolean || node.boolean() != *flag;
    if (const auto* const whole = std::get_if<std::int64_t>(&wanted))
      return node.kind() != JsonKind::integer || node.integer() != *whole;
    const auto* const real = std::get_if<double>(&wanted);
    return real == nullptr || node.kind() == JsonKind::text || node.number() != *real;
  });
}

bool holds(const CollectionShape& shape, const Document& document, const Condition& condition) {
  using enum Condition::Kind;
  const auto field = queried_field(shape, condition.field).value_or(QueriedField{});
  if (condition.kind == empty) return !is_filled(shape, document, field);
  if (condition.kind == not_empty) return is_filled(shape, document, field);
  if (condition.kind == contains) return has_element(shape, document, field, condition.values.front());
  const auto value = value_of(shape, document, field);
  if (std::holds_alternative<std::monostate>(value)) return false;
  const auto before = [&](const QueryValue& a, const QueryValue& b) { return comes_before(field, a, b); };
  switch (condition.kind) {
    case equal: return value == condition.values.front();
    case any_of: return std::find(condition.values.begin(), condition.values.end(), value) != condition.values.end();
    case less: return before(value, condition.values.front());
    case at_most: return !before(condition.values.front(), value);
    case greater: return before(condition.values.front(), value);
    case at_least: return !before(value, condition.values.front());
    case words: {
      const auto* const text = std::get_if<std::string>(&value);
      return text != nullptr && has_words(*text, std::get<std::string>(condition.values.front()));
    }
    default: return false;
  }
}

}  // namespace

bool fulfils(const CollectionShape& shape, const Document& document, const Conditions& where) {
  return std::all_of(where.begin(), where.end(),
                     [&](const Condition& condition) { return holds(shape, document, condition); });
}

}  // namespace eventstore::engine::memory
