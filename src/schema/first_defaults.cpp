#include <eventstore/schema/detail/first_defaults.hpp>

#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_codec.hpp>
#include <eventstore/schema/json_document.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace eventstore {
inline namespace v1 {
namespace {

// Paths of one field: in the names of today, and in the oldest ones.
struct Path {
  std::string today{};
  std::string oldest{};

  [[nodiscard]] Path then(std::string_view name, std::string_view oldest_name) const {
    const auto step = [](const std::string& path, std::string_view next) {
      return path.empty() ? std::string{next} : fmt::format("{}.{}", path, next);
    };
    return {step(today, name), step(oldest, oldest_name)};
  }
  [[nodiscard]] Path each() const { return {today + "[]", oldest + "[]"}; }
};

// Calls visit(path, field) for each field at any depth, until it returns false; false then.
template <class Visit> bool each_field(const Type& type, const Path& path, Visit& visit) {
  for (const auto& field : type.fields) {
    const auto& was = field.attributes.was;
    const auto at = path.then(field.name, was.empty() ? std::string_view{field.name} : was);
    if ((type.kind == Kind::record && !visit(at, field)) || !each_field(field.type, at, visit)) return false;
  }
  for (const auto& element : type.of)
    if (!each_field(element, type.kind == Kind::optional ? path : path.each(), visit)) return false;
  return true;
}

bool has_field(const Type& type, const Path& wanted) {
  auto differs = [&](const Path& path, const Field&) {
    return path.today != wanted.oldest && path.today != wanted.today;
  };
  return !each_field(type, {}, differs);
}

bool is_text_in_json(Kind kind) {
  return kind == Kind::text || kind == Kind::enumeration || kind == Kind::uuid || kind == Kind::timestamp ||
         kind == Kind::bytes;
}

// Absent where nothing, or only an empty optional, is the same as none.
std::optional<BytesView> left_out(const Field& field) {
  if (!field.first_default) return std::nullopt;
  if (field.type.kind == Kind::optional && field.first_default->front() == std::byte{0}) return std::nullopt;
  return BytesView{*field.first_default};
}

// What the first entry that has the field recorded of it: absent where no entry did; "" where it had no default.
std::optional<std::string> recorded(std::span<const LockEntry> entries, std::string_view event, const Path& path) {
  for (const auto& entry : entries) {
    if (!entry.defaults || entry.schema.name != event || !has_field(entry.schema.type, path)) continue;
    JsonDocument document;
    std::string value;
    if (const auto root = document.parse(*entry.defaults))
      if (const auto member = root->find(path.oldest)) member->write(value);
    return value;
  }
  return std::nullopt;
}

bool is_same(const Field& field, const std::string& json) {
  const auto now = left_out(field);
  if (json.empty() || !now) return json.empty() && !now;
  const auto then = json_to_bytes(field.type, json);
  return then && std::ranges::equal(*then, *now);
}

// The text between the quotes of es::first_default("…").
std::string as_argument(const std::string& json) {
  JsonDocument document;
  const auto root = document.parse(json);
  return root && root->kind() == JsonKind::text ? std::string{root->text()} : json;
}

}  // namespace

Result<Bytes> read_first_default(const Type& type, std::string_view text) {
  const auto& value = type.kind == Kind::optional ? type.element() : type;
  if (!is_text_in_json(value.kind)) return json_to_bytes(type, text);
  std::string quoted;
  append_json_string(quoted, text);
  return json_to_bytes(type, quoted);
}

bool has_other_first_defaults(const Type& type) {
  auto is_same_as_today = [](const Path&, const Field& field) { return field.first_default == field.default_value; };
  return !each_field(type, {}, is_same_as_today);
}

std::string first_defaults_json(const Type& type) {
  std::string json{"{"};
  auto write = [&](const Path& path, const Field& field) {
    const auto bytes = left_out(field);
    if (!bytes) return true;
    if (json.size() > 1) json += ',';
    append_json_string(json, path.oldest);
    json += ':';
    (void)bytes_to_json(field.type, *bytes, json);  // the bytes are of the struct itself
    return true;
  };
  each_field(type, {}, write);
  return json + "}";
}

std::vector<std::string> ask_first_defaults(std::span<const LockEntry> entries, const Schema& current) {
  std::vector<std::string> sentences;
  auto ask = [&](const Path& path, const Field& field) {
    const auto& stated = field.attributes.first_default;
    if (!stated.empty() && !read_first_default(field.type, stated)) {
      sentences.push_back(
          fmt::format("es::first_default(\"{}\") of `{}` is no value of this field: write a value of type {}", stated,
                      path.today, describe(field.type)));
      return true;
    }
    const auto then = recorded(entries, current.name, path);
    if (!then || is_same(field, *then)) return true;
    sentences.push_back(
        then->empty()
            ? fmt::format("`{}` had no default when it was first locked: say es::no_first_default as an attribute of "
                          "it, so that derived ids stay the same",
                          path.today)
            : fmt::format("the default of `{}` was {} when it was first locked: say es::first_default(\"{}\") as an "
                          "attribute of it, so that derived ids stay the same",
                          path.today, *then, as_argument(*then)));
    return true;
  };
  each_field(current.type, {}, ask);
  return sentences;
}

}  // namespace v1
}  // namespace eventstore
