#include "common_fields.hpp"

#include <eventstore/schema/detail/json_text.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {
namespace {

using Node = std::optional<JsonNode>;

const Type& bare(const Type& type) { return type.kind == Kind::optional ? type.element() : type; }

bool is_sequence(const Type& type) { return type.kind == Kind::list || type.kind == Kind::array; }

bool differs(const Type& before_type, const Node& before, const Type& after_type, const Node& after);

// Calls visit(name, field, member, field, member) for each field that both records have. Fields of flattened records
// stand in the enclosing object.
template <class Visit>
void each_common(const Type& before_type, JsonNode before, const Type& after_type, JsonNode after, const Visit& visit) {
  for (const auto& field : before_type.fields) {
    const auto* const other = after_type.field(field.name);
    if (other == nullptr) continue;
    if (field.attributes.has(flattened) && other->attributes.has(flattened))
      each_common(field.type, before, other->type, after, visit);
    else
      visit(field, before.find(field.name), *other, after.find(other->name));
  }
}

bool record_differs(const Type& before_type, JsonNode before, const Type& after_type, JsonNode after) {
  bool found = false;
  each_common(before_type, before, after_type, after,
              [&](const Field& field, const Node& was, const Field& other, const Node& is) {
                found = found || differs(field.type, was, other.type, is);
              });
  return found;
}

std::vector<JsonNode> elements_of(JsonNode list) {
  std::vector<JsonNode> elements;
  list.each_element([&](JsonNode each) {
    elements.push_back(each);
    return true;
  });
  return elements;
}

bool sequence_differs(const Type& before_type, JsonNode before, const Type& after_type, JsonNode after) {
  const auto was = elements_of(before);
  const auto is = elements_of(after);
  if (was.size() != is.size()) return true;
  for (std::size_t i = 0; i < was.size(); ++i)
    if (differs(before_type.element(), was[i], after_type.element(), is[i])) return true;
  return false;
}

std::map<std::string_view, JsonNode> map_entries(JsonNode map) {
  std::map<std::string_view, JsonNode> entries;
  map.each_member([&](std::string_view name, JsonNode value) {
    entries.emplace(name, value);
    return true;
  });
  return entries;
}

bool map_differs(const Type& before_type, JsonNode before, const Type& after_type, JsonNode after) {
  const auto was = map_entries(before);
  const auto is = map_entries(after);
  if (was.size() != is.size()) return true;
  for (const auto& [name, value] : was) {
    const auto other = is.find(name);
    if (other == is.end() || differs(before_type.element(), value, after_type.element(), other->second)) return true;
  }
  return false;
}

std::string canonical(JsonNode value) {
  std::string text;
  value.write_canonical(text);
  return text;
}

bool differs(const Type& before_type, const Node& before, const Type& after_type, const Node& after) {
  if (!before || !after) return before.has_value() != after.has_value();
  const auto& was = bare(before_type);
  const auto& is = bare(after_type);
  const bool have_one_kind = before->kind() == after->kind();
  if (have_one_kind && was.kind == Kind::record && is.kind == Kind::record)
    return record_differs(was, *before, is, *after);
  if (have_one_kind && is_sequence(was) && is_sequence(is)) return sequence_differs(was, *before, is, *after);
  if (have_one_kind && was.kind == Kind::map && is.kind == Kind::map) return map_differs(was, *before, is, *after);
  return canonical(*before) != canonical(*after);
}

void add(std::string& object, std::string_view name, const Node& value) {
  if (!value) return;
  object.pop_back();
  if (object.size() > 1) object += ',';
  append_json_string(object, name);
  object += ':';
  value->write(object);
  object += '}';
}

}  // namespace

Changes common_changes(const Type& before_type, JsonNode before, const Type& after_type, JsonNode after) {
  Changes changes;
  each_common(before_type, before, after_type, after,
              [&](const Field& field, const Node& was, const Field& other, const Node& is) {
                if (!differs(field.type, was, other.type, is)) return;
                add(changes.before, field.name, was);
                add(changes.after, other.name, is);
              });
  return changes;
}

}  // namespace v1
}  // namespace eventstore
