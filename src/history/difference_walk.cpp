#include "difference_walk.hpp"

#include "list_edit.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

std::vector<JsonNode> elements_of(JsonNode array) {
  std::vector<JsonNode> elements;
  array.each_element([&](JsonNode element) { return elements.push_back(element), true; });
  return elements;
}

std::vector<std::string> texts_of(const std::vector<JsonNode>& nodes) {
  std::vector<std::string> texts;
  texts.reserve(nodes.size());
  for (const auto& node : nodes) texts.push_back(json_of(node));
  return texts;
}

}  // namespace

bool is_object(const SideNode& node) { return node && node->kind() == JsonKind::object; }
bool is_array(const SideNode& node) { return node && node->kind() == JsonKind::array; }

NodeEntries entries_of(JsonNode object) {
  NodeEntries entries;
  object.each_member([&](std::string_view key, JsonNode node) { return entries.emplace(key, node), true; });
  return entries;
}

std::string json_of(const SideNode& node) {
  std::string text;
  if (node) node->write(text);
  return text;
}

void DifferenceWalk::add(const SideNode& before, const SideNode& after) {
  if (!before && !after) return;
  const auto kind = !before ? DifferenceKind::added : !after ? DifferenceKind::removed : DifferenceKind::changed;
  found_.push_back({kind, path_, json_of(before), json_of(after)});
}

void DifferenceWalk::value(const Type& type, const SideNode& before, const SideNode& after) {
  const auto& inner = without_optionals(type);
  if (inner.kind == Kind::record && is_object(before) && is_object(after)) return record(inner, *before, *after);
  if (inner.kind == Kind::map && is_object(before) && is_object(after)) {
    return each_entry(entries_of(*before), entries_of(*after),
                      [&](std::string_view key, const SideNode& was, const SideNode& is) {
                        at(PathStep::key(key), [&] { value(inner.element(), was, is); });
                      });
  }
  if (inner.kind == Kind::list && is_array(before) && is_array(after))
    return elements(inner.element(), elements_of(*before), elements_of(*after));
  if (before.has_value() != after.has_value() || json_of(before) != json_of(after)) add(before, after);
}

void DifferenceWalk::record(const Type& type, JsonNode before, JsonNode after) {
  for (const auto& [field, ignored] : json_fields(type))
    at(PathStep::field(field->name),
       [&, each = field] { value(each->type, before.find(each->name), after.find(each->name)); });
}

void DifferenceWalk::elements(const Type& element, const std::vector<JsonNode>& before,
                              const std::vector<JsonNode>& after, std::size_t first) {
  const auto edit = edit_between(texts_of(before), texts_of(after));
  for (const auto index : edit.removed) at(PathStep::element(first + index), [&] { add(before[index], {}); });
  for (const auto& placed : edit.placed)
    at(PathStep::element(first + placed.after), [&, each = placed] {
      value(element, each.before ? SideNode{before[*each.before]} : SideNode{}, after[each.after]);
    });
}

}  // namespace v1
}  // namespace eventstore
