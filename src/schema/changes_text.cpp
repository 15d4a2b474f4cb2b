#include <eventstore/schema/changes_text.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

bool has_members(const std::optional<JsonNode>& node) { return node && node->kind() == JsonKind::object; }

bool is_index(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; });
}

bool has_indexes_alone(JsonNode object) {
  return object.each_member([](std::string_view name, JsonNode) { return is_index(name); });
}

// An empty text is shown as empty.
std::string shown(JsonNode value) {
  std::string text;
  if (value.kind() == JsonKind::text)
    text = value.text();
  else
    value.write(text);
  return text.empty() ? "\"\"" : text;
}

class Description {
 public:
  std::vector<std::string> places{};

  void object(JsonNode before, JsonNode after, const std::string& path) {
    const bool is_list = !path.empty() && has_indexes_alone(before) && has_indexes_alone(after);
    const auto path_of = [&](std::string_view name) {
      if (is_list) return path + '[' + std::string{name} + ']';
      return path.empty() ? std::string{name} : path + '.' + std::string{name};
    };
    after.each_member([&](std::string_view name, JsonNode now) {
      value(before.find(name), now, path_of(name), is_list);
      return true;
    });
    before.each_member([&](std::string_view name, JsonNode was) {
      if (!after.find(name)) add(path_of(name), "- " + shown(was));
      return true;
    });
  }

 private:
  void value(const std::optional<JsonNode>& was, JsonNode now, const std::string& path, bool is_element) {
    if (has_members(was) && now.kind() == JsonKind::object && !is_element)
      object(*was, now, path);
    else if (!was)
      add(path, is_nested(path) ? "+ " + shown(now) : shown(now));
    else if (is_element && was->kind() == JsonKind::null)
      add(path, "+ " + shown(now));
    else if (is_element && now.kind() == JsonKind::null)
      add(path, "- " + shown(*was));
    else
      add(path, shown(*was) + " → " + shown(now));
  }
  // A field of its own has nothing before it only in a stream's first change.
  static bool is_nested(const std::string& path) { return path.find_first_of(".[") != std::string::npos; }

  void add(const std::string& path, const std::string& what) { places.push_back(path + ": " + what); }
};

}  // namespace

std::vector<std::string> list_changes(JsonNode before, JsonNode after) {
  Description description;
  description.object(before, after, "");
  return std::move(description.places);
}

std::string describe_changes(JsonNode before, JsonNode after) {
  std::string line;
  for (const auto& place : list_changes(before, after)) line += (line.empty() ? "" : "; ") + place;
  return line;
}

}  // namespace v1
}  // namespace eventstore
