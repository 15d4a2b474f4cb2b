#include "edited_secrets.hpp"

#include <eventstore/schema/detail/json_text.hpp>

#include <algorithm>
#include <optional>

namespace eventstore {
inline namespace v1 {
namespace {

const Type& content_of(const Type& type) { return type.kind == Kind::optional ? content_of(type.element()) : type; }

// By its name of today or before; within flattened records, too. Null where there is none.
const Type* member_type(const Type& record, std::string_view name) {
  for (const auto& field : record.fields) {
    if (field.name == name || (!field.attributes.was.empty() && field.attributes.was == name)) return &field.type;
    if (!field.attributes.has(flattened) && !field.attributes.has(also_read_flat)) continue;
    const auto& inner = content_of(field.type);
    if (inner.kind != Kind::record) continue;
    if (const auto* const found = member_type(inner, name)) return found;
  }
  return nullptr;
}

class SecretsKept {
 public:
  explicit SecretsKept(std::string& out) : out_{out} {}

  // False where a secret is given.
  bool value(const Type& declared, JsonNode given, const JsonNode* recorded, const std::string& path) {
    const auto& type = content_of(declared);
    if (type.kind == Kind::secret_text) return secret(given, recorded, path);
    const bool is_object = given.kind() == JsonKind::object;
    if (is_object && (type.kind == Kind::record || type.kind == Kind::map || type.kind == Kind::variant))
      return members(type, given, recorded, path);
    if (given.kind() == JsonKind::array && !type.of.empty()) return elements(type, given, recorded, path);
    given.write(out_);
    return true;
  }

  std::string wrong_path{};

 private:
  bool secret(JsonNode given, const JsonNode* recorded, const std::string& path) {
    const bool is_kept = given.kind() == JsonKind::text && given.text() == "sealed";
    if (is_kept) append_json_string(out_, recorded == nullptr ? std::string_view{} : recorded->text());
    if (given.kind() == JsonKind::null) out_ += "null";
    if (is_kept || given.kind() == JsonKind::null) return true;
    wrong_path = path;
    return false;
  }

  static const Type* type_of_member(const Type& type, JsonNode given, std::string_view name) {
    if (type.kind == Kind::record) return member_type(type, name);
    if (type.kind == Kind::map) return &type.element();
    const auto kind = given.find(alternative_member);
    for (const auto& alternative : type.fields)
      if (kind && kind->kind() == JsonKind::text && alternative.name == kind->text())
        return member_type(alternative.type, name);
    return nullptr;
  }

  bool members(const Type& type, JsonNode given, const JsonNode* recorded, const std::string& path) {
    out_ += '{';
    const bool is_whole = given.each_member([&](std::string_view name, JsonNode member) {
      if (out_.back() != '{') out_ += ',';
      append_json_string(out_, name);
      out_ += ':';
      const auto* const its_type = type_of_member(type, given, name);
      if (its_type == nullptr) {
        member.write(out_);
        return true;
      }
      const auto before = recorded == nullptr ? std::optional<JsonNode>{} : recorded->find(name);
      const auto its_path = path.empty() ? std::string{name} : path + '.' + std::string{name};
      return value(*its_type, member, before ? &*before : nullptr, its_path);
    });
    out_ += '}';
    return is_whole;
  }

  bool elements(const Type& type, JsonNode given, const JsonNode* recorded, const std::string& path) {
    std::vector<JsonNode> before;
    if (recorded != nullptr)
      (void)recorded->each_element([&](JsonNode element) { return before.push_back(element), true; });
    std::size_t place = 0;
    out_ += '[';
    const bool is_whole = given.each_element([&](JsonNode element) {
      if (place != 0) out_ += ',';
      const auto* const its_own = place < before.size() ? &before[place] : nullptr;
      const auto its_path = path + '[' + std::to_string(place++) + ']';
      return value(type.element(), element, its_own, its_path);
    });
    out_ += ']';
    return is_whole;
  }

  std::string& out_;
};

}  // namespace

Result<std::string> with_recorded_secrets(const Type& type, JsonNode given, const JsonNode* recorded) {
  std::string json;
  SecretsKept kept{json};
  if (kept.value(type, given, recorded, {})) return json;
  return failure(Errc::invalid_argument, "edit history", kept.wrong_path,
                 "this is a secret, and secrets cannot be asked for: write \"sealed\" for the one that is recorded");
}

}  // namespace v1
}  // namespace eventstore
