#include "value_changes.hpp"

#include <eventstore/schema/detail/json_text.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

namespace eventstore {
inline namespace v1 {
namespace {

using Node = std::optional<JsonNode>;

constexpr int depth_max = 64;  // of objects that are entered; deeper ones are compared whole

void add_difference(Changes& to, std::string_view name, const Node& was, const Node& is, int depth);

std::string text_of(const Node& node) {
  std::string text;
  if (node) node->write(text);
  return text;
}

bool are_both(JsonKind kind, const Node& was, const Node& is) {
  return was && is && was->kind() == kind && is->kind() == kind;
}

// The members of an object by name; of several by one name, the first.
std::map<std::string_view, JsonNode> members_of(JsonNode object) {
  std::map<std::string_view, JsonNode> members;
  object.each_member([&](std::string_view name, JsonNode value) {
    members.emplace(name, value);
    return true;
  });
  return members;
}

void add_members(Changes& to, JsonNode before, JsonNode after, int depth) {
  const auto was = members_of(before);
  const auto is = members_of(after);
  const auto find = [](const auto& members, std::string_view name) {
    const auto found = members.find(name);
    return found == members.end() ? Node{} : Node{found->second};
  };
  before.each_member([&](std::string_view name, JsonNode value) {
    add_difference(to, name, value, find(is, name), depth);
    return true;
  });
  after.each_member([&](std::string_view name, JsonNode value) {
    if (!was.contains(name)) add_difference(to, name, std::nullopt, value, depth);
    return true;
  });
}

std::vector<std::string> elements_of(JsonNode array) {
  std::vector<std::string> elements;
  array.each_element([&](JsonNode element) {
    elements.push_back(text_of(element));
    return true;
  });
  return elements;
}

// A side that lacks the value is null, unless the other one is.
void add_sides(Changes& to, std::string_view name, std::string_view was, std::string_view is) {
  constexpr std::string_view null = "null";
  add_member(to.before, name, was.empty() && is != null ? null : was);
  add_member(to.after, name, is.empty() && was != null ? null : is);
}

// The elements between the equal beginning and the equal end, by their place.
void add_elements(Changes& to, JsonNode before, JsonNode after) {
  const auto was = elements_of(before);
  const auto is = elements_of(after);
  const auto shorter = static_cast<std::ptrdiff_t>(std::min(was.size(), is.size()));
  const auto prefix = std::mismatch(was.begin(), was.begin() + shorter, is.begin()).first - was.begin();
  const auto suffix = std::mismatch(was.rbegin(), was.rbegin() + (shorter - prefix), is.rbegin()).first - was.rbegin();
  const auto end = std::max(was.size(), is.size()) - static_cast<std::size_t>(suffix);
  const auto element = [&](const std::vector<std::string>& list, std::size_t place) {
    return place < list.size() - static_cast<std::size_t>(suffix) ? std::string_view{list[place]} : std::string_view{};
  };
  for (auto place = static_cast<std::size_t>(prefix); place < end; ++place)
    add_sides(to, std::to_string(place), element(was, place), element(is, place));
}

void add_difference(Changes& to, std::string_view name, const Node& was, const Node& is, int depth) {
  const auto before = text_of(was);
  const auto after = text_of(is);
  if (before == after) return;
  Changes inside;
  if (depth < depth_max && are_both(JsonKind::object, was, is)) add_members(inside, *was, *is, depth + 1);
  if (are_both(JsonKind::array, was, is)) add_elements(inside, *was, *is);
  if (inside.empty())
    add_sides(to, name, before, after);
  else
    add_sides(to, name, inside.before, inside.after);
}

bool is_nested(std::string_view json) { return json.starts_with('{') || json.starts_with('['); }

}  // namespace

void add_member(std::string& object, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  object.pop_back();
  if (object.size() > 1) object += ',';
  append_json_string(object, name);
  object.append(":").append(value).append("}");
}

void ValueChanges::add(Changes& to, std::string_view name, const std::string& was, const std::string& is) {
  if (was == is) return;
  const auto size = to.before.size() + to.after.size();
  if (is_nested(was) && is_nested(is)) {
    const auto before = was_.parse(was);
    const auto after = is_.parse(is);
    if (before && after) add_difference(to, name, *before, *after, 0);
  }
  if (to.before.size() + to.after.size() == size) add_sides(to, name, was, is);
}

}  // namespace v1
}  // namespace eventstore
