#include "attribute_table.hpp"

#include <eventstore/schema/detail/json_text.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::int64_t exact_max = std::int64_t{1} << 53;

enum Met : std::uint8_t { met_boolean = 1, met_integer = 2, met_decimal = 4, met_time = 8, met_text = 16 };

std::uint8_t met(const DataValue& value) {
  switch (value.kind) {
    case ValueKind::none: return 0;
    case ValueKind::boolean: return met_boolean;
    case ValueKind::integer: {
      const auto integer = value.node.integer();
      return integer < -exact_max || integer > exact_max ? met_text : met_integer;
    }
    case ValueKind::decimal: return met_decimal;
    case ValueKind::time: return met_time;
    case ValueKind::number:
    case ValueKind::id:
    case ValueKind::text:
    case ValueKind::nested: break;
  }
  return met_text;
}

MinedType type_of(std::uint8_t kinds) {
  switch (kinds) {
    case met_boolean: return MinedType::boolean;
    case met_integer: return MinedType::integer;
    case met_decimal:
    case met_decimal | met_integer: return MinedType::decimal;
    case met_time: return MinedType::time;
    default: return MinedType::text;
  }
}

std::string text_of(const DataValue& value) {
  switch (value.kind) {
    case ValueKind::time:
    case ValueKind::id:
    case ValueKind::text: return std::string{value.node.text()};
    default: break;
  }
  std::string text;
  value.node.write(text);
  return text;
}

MinedValue value_as(MinedType type, const DataValue& value) {
  if (value.kind == ValueKind::none) return {};
  switch (type) {
    case MinedType::boolean: return value.node.boolean();
    case MinedType::integer: return value.node.integer();
    case MinedType::decimal: return value.node.number();
    case MinedType::time:
    case MinedType::text: break;
  }
  return text_of(value);
}

}  // namespace

void AttributeTable::see(std::string_view place, const DataValue& value) {
  if (value.kind == ValueKind::none) return;
  auto seen = places_.find(place);
  if (seen == places_.end()) {
    if (places_.size() == places_max) {
      has_rest_ = true;
      return;
    }
    seen = places_.emplace(std::string{place}, Seen{places_.size()}).first;
  }
  seen->second.kinds = static_cast<std::uint8_t>(seen->second.kinds | met(value));
}

void AttributeTable::finish(MinedKind& kind, UniqueNames& names) {
  std::vector<std::map<std::string, Seen, std::less<>>::iterator> in_order(places_.size());
  for (auto seen = places_.begin(); seen != places_.end(); ++seen) in_order[seen->second.order] = seen;
  for (const auto& seen : in_order) {
    auto& [place, found] = *seen;
    found.type = type_of(found.kinds);
    found.attribute = kind.attributes.size();
    kind.attributes.push_back({names.take(place), found.type});
  }
  rest_attribute_ = kind.attributes.size();
  if (has_rest_) kind.attributes.push_back({names.take(rest_name), MinedType::text});
}

void AttributeTable::add(std::string_view place, const DataValue& value, bool shows_none,
                         std::vector<AttributeValue>& values, std::string& rest) const {
  const auto seen = places_.find(place);
  if (value.kind == ValueKind::none && (!shows_none || seen == places_.end())) return;
  if (seen != places_.end()) {
    const auto attribute = seen->second.attribute;
    const bool is_there = std::any_of(values.begin(), values.end(),
                                      [&](const AttributeValue& other) { return other.attribute == attribute; });
    if (!is_there) values.push_back({attribute, value_as(seen->second.type, value)});
    return;
  }
  rest += rest.empty() ? '{' : ',';
  append_json_string(rest, place);
  rest += ':';
  value.node.write(rest);
}

void AttributeTable::add_rest(std::string& rest, std::vector<AttributeValue>& values) const {
  if (rest.empty()) return;
  values.push_back({rest_attribute_, rest + "}"});
  rest.clear();
}

}  // namespace v1
}  // namespace eventstore
