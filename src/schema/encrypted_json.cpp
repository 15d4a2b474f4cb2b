#include <eventstore/schema/json_codec.hpp>

namespace eventstore {
inline namespace v1 {

bool read_encrypted(JsonNode json, EncryptedJson& to) {
  if (json.kind() != JsonKind::object) return false;
  std::size_t members = 0;
  json.each_member([&](std::string_view, JsonNode) { return ++members == 1; });
  const auto value = members == 1 ? json.find("$encrypted") : std::nullopt;
  if (!value) return false;
  if (value->kind() == JsonKind::text) {
    to.message = value->text();
    return true;
  }
  const auto with = value->kind() == JsonKind::object ? value->find("with") : std::nullopt;
  if (!with || with->kind() != JsonKind::text) return false;
  to.with = with->text();
  return true;
}

bool is_erased_value(JsonNode json) {
  if (json.kind() != JsonKind::object) return false;
  std::size_t members = 0;
  json.each_member([&](std::string_view, JsonNode) { return ++members == 1; });
  const auto value = members == 1 ? json.find("$erased") : std::nullopt;
  return value && value->kind() == JsonKind::boolean && value->boolean();
}

}  // namespace v1
}  // namespace eventstore
