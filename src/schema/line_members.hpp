#pragma once
// Private to the schema layer: the members of an event line's object, found in one walk.
#include <array>
#include <eventstore/schema/json_document.hpp>

namespace eventstore {
inline namespace v1 {

enum class LineField : std::uint8_t {
  organization_id,
  event_type,
  event_data,
  aggregate_id,
  aggregate_type,
  created_at,
  version,
  metadata,
  event_id,
  position,
  _id,
};

inline constexpr std::array<std::string_view, 11> line_field_names{
    "organization_id", "event_type", "event_data", "aggregate_id", "aggregate_type", "created_at", "version",
    "metadata",        "event_id",   "position",   "_id"};

[[nodiscard]] constexpr std::string_view to_string(LineField field) {
  return line_field_names[static_cast<std::size_t>(field)];
}

class LineMembers {
 public:
  /// The first name of `root`, an object, that no field has; nothing where all are known, and are found then.
  std::optional<std::string_view> take(JsonNode root) {
    std::optional<std::string_view> unknown;
    std::size_t guess = 0;  // lines have their members in the order of the fields, as a rule
    root.each_member([&](std::string_view name, JsonNode value) {
      auto at = guess;
      while (at < guess + line_field_names.size() && line_field_names[at % line_field_names.size()] != name) ++at;
      if (at == guess + line_field_names.size()) {
        unknown = name;
        return false;
      }
      found_[at % line_field_names.size()] = value;
      guess = at % line_field_names.size() + 1;
      return true;
    });
    return unknown;
  }
  [[nodiscard]] const std::optional<JsonNode>& find(LineField field) const {
    return found_[static_cast<std::size_t>(field)];
  }

 private:
  std::array<std::optional<JsonNode>, line_field_names.size()> found_;
};

}  // namespace v1
}  // namespace eventstore
