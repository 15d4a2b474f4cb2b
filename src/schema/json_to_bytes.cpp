#include <eventstore/schema/detail/blank_value.hpp>
#include <eventstore/schema/detail/flattened.hpp>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/detail/repeated_member.hpp>

#include "depth_max.hpp"
#include "json_scalars.hpp"
#include "missing_fields.hpp"
#include "set_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace eventstore {
inline namespace v1 {
namespace {

// Writes the bytes of one value; on failure `error` holds the message and the path to it. A missing field ends nothing,
// so that all of them are found; the bytes are then no value.
class Converter : public JsonScalars {
 public:
  Converter(Bytes& out, const JsonReading& reading) : JsonScalars{out, reading} {}

  bool value(const Type& type, JsonNode json, int depth = 0) {
    if (depth > depth_max) return fail(Errc::invalid_argument, "nested deeper than 64 levels");
    switch (type.kind) {
      case Kind::optional:
        put(static_cast<std::uint8_t>(json.kind() != JsonKind::null));
        return json.kind() == JsonKind::null || value(type.element(), json, depth + 1);
      case Kind::list: return list(type, json, depth);
      case Kind::array: return array(type, json, depth);
      case Kind::set: return set(type, json, depth);
      case Kind::map: return map(type, json, depth);
      case Kind::record: return record(type, json, depth);
      case Kind::variant: return variant(type, json, depth);
      case Kind::secret_text: return secret(type, json);
      default: return scalar(type, json);
    }
  }

 private:
  bool list(const Type& type, JsonNode json, int depth) {
    if (json.kind() != JsonKind::array) return wrong_type(type, json);
    const auto count_at = out_.size();
    std::uint32_t count = 0;
    put(count);
    const bool all = elements(type, json, depth, count);
    std::memcpy(out_.data() + count_at, &count, sizeof count);
    return all;
  }
  bool elements(const Type& type, JsonNode json, int depth, std::uint32_t& count) {
    return json.each_element([&](JsonNode element) {
      const auto step = [&] { return fmt::format("[{}]", count); };
      if (!part([&] { return value(type.element(), element, depth + 1); }, step, step)) return false;
      ++count;
      return true;
    });
  }
  bool array(const Type& type, JsonNode json, int depth) {
    if (json.kind() != JsonKind::array) return wrong_type(type, json);
    std::uint32_t count = 0;
    json.each_element([&](JsonNode) { return ++count <= type.count; });
    if (count != type.count)
      return fail(Errc::invalid_argument, fmt::format("expected {} elements, found {}", type.count,
                                                      count > type.count ? "more" : std::to_string(count)));
    count = 0;
    return elements(type, json, depth, count);
  }
  bool set(const Type& type, JsonNode json, int depth) {
    if (json.kind() != JsonKind::array) return wrong_type(type, json);
    std::vector<Bytes> each;
    const auto begin = out_.size();
    const bool all = json.each_element([&](JsonNode element) {
      if (!value(type.element(), element, depth + 1)) {
        prepend_path(fmt::format("[{}]", each.size()));
        return false;
      }
      each.emplace_back(out_.begin() + static_cast<std::ptrdiff_t>(begin), out_.end());
      out_.resize(begin);
      return true;
    });
    BytesOut out{out_};
    if (all) write_set(type.element(), std::move(each), out);
    return all;
  }
  bool variant(const Type& type, JsonNode json, int depth) {
    if (json.kind() != JsonKind::object) return wrong_type(type, json);
    const auto name = json.find(alternative_member);
    if (!name || name->kind() != JsonKind::text)
      return fail(Errc::invalid_argument, fmt::format("expected a \"kind\" that is one of {}", names_of(type)));
    for (const auto& alternative : type.fields)
      if (alternative.name == name->text()) {
        sized(alternative.name);
        return record(alternative.type, json, depth + 1, alternative_member);
      }
    return fail(Errc::invalid_argument, fmt::format("{} is none of {}", quoted(name->text()), names_of(type)));
  }
  static std::string names_of(const Type& variant) {
    std::string names;
    for (const auto& alternative : variant.fields) names += (names.empty() ? "" : ", ") + alternative.name;
    return names;
  }
  static std::string entry_step(std::string_view key) {
    std::string step{'['};
    append_json_string(step, key);
    return step + ']';
  }
  bool map(const Type& type, JsonNode json, int depth) {
    if (json.kind() != JsonKind::object) return wrong_type(type, json);
    std::vector<std::pair<std::string_view, JsonNode>> entries;
    json.each_member([&](std::string_view key, JsonNode entry) {
      entries.emplace_back(key, entry);
      return true;
    });
    // Keys in order, each once (the first wins, as in find), so that equal maps have equal bytes.
    std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    entries.erase(
        std::unique(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.first == b.first; }),
        entries.end());
    put(static_cast<std::uint32_t>(entries.size()));
    for (const auto& each : entries) {
      sized(each.first);
      if (!part([&] { return value(type.element(), each.second, depth + 1); },
                [&] { return is_private_ ? std::string_view{"[…]"} : each.first; },
                [&] { return entry_step(each.first); }))
        return false;
    }
    return true;
  }

  // `also`: a member that is no field and is allowed.
  bool record(const Type& type, JsonNode json, int depth, std::string_view also = {}) {
    if (json.kind() != JsonKind::object) return wrong_type(type, json);
    const bool known = reading_.unknown != UnknownFields::refuse || only_known_members(type, json, also);
    return members(type, json, depth, known);
  }
  // Behind the first failure only missing fields are looked for.
  bool members(const Type& type, JsonNode json, int depth, bool sound) {
    for (const auto& field : type.fields) {
      auto first = sound ? std::optional<Error>{} : std::optional{error};
      sound = part([&] { return member(field, json, depth); }, [&] { return std::string_view{field.name}; },
                   [&] { return spelled(field, json); }) &&
              sound;
      if (first) error = std::move(*first);
    }
    return sound;
  }
  // Writes a part of the value, to which `step` leads, and `encrypted_step` in the path of an encrypted value.
  template <class Write, class Step, class EncryptedStep>
  bool part(Write write, Step step, EncryptedStep encrypted_step) {
    const auto missing_before = missing.size();
    const auto encrypted_before = reading_.encrypted == nullptr ? 0 : reading_.encrypted->size();
    const bool written = write();
    if (reading_.encrypted != nullptr && reading_.encrypted->size() != encrypted_before)
      prepend_encrypted(encrypted_step(), encrypted_before);
    if (missing.size() != missing_before) prepend_missing(step(), missing_before);
    if (!written) prepend_path(step());
    return written;
  }
  // The name by which `json` has the field.
  static std::string_view spelled(const Field& field, JsonNode json) {
    const bool has_old_name =
        !field.attributes.was.empty() && !json.find(field.name) && json.find(field.attributes.was);
    return has_old_name ? field.attributes.was : std::string_view{field.name};
  }
  // Takes a value that is encrypted or erased, and writes the blank one; false where it is none.
  bool take_encrypted(const Type& type, const Bytes* default_value, JsonNode json) {
    EncryptedJson taken;
    if (reading_.encrypted == nullptr) return false;
    if (is_erased_value(json)) {
      append_blank(type, default_value, out_);
      return true;
    }
    if (!read_encrypted(json, taken)) return false;
    taken.offset = out_.size();
    append_blank(type, default_value, out_);
    taken.blank_size = out_.size() - taken.offset;
    reading_.encrypted->push_back(std::move(taken));
    return true;
  }
  bool secret(const Type& type, JsonNode json) { return take_encrypted(type, nullptr, json) || scalar(type, json); }
  bool member(const Field& field, JsonNode json, int depth) {
    const bool was_private = std::exchange(is_private_, is_private_ || field.attributes.has(personal));
    const bool written = any_member(field, json, depth);
    is_private_ = was_private;
    return written;
  }
  bool any_member(const Field& field, JsonNode json, int depth) {
    auto found = json.find(field.name);
    if (!found && !field.attributes.was.empty()) found = json.find(field.attributes.was);
    if (!found && field.attributes.has(also_read_flat) && holds_any_of(record_of(field), json))
      return flat_member(field, json, depth);
    if (!found && is_flattened(field)) return flat_member(field, json, depth);
    const bool empty = found && found->kind() == JsonKind::null && field.type.kind != Kind::optional;
    const auto& fallback = reading_.first_defaults && field.first_default ? field.first_default : field.default_value;
    if (found && field.attributes.has(personal) &&
        take_encrypted(field.type, field.default_value ? &*field.default_value : nullptr, *found))
      return true;
    if (found && field.attributes.has(also_read_number) && is_number(*found)) return number_as_text(field, *found);
    if (found && !(empty && fallback)) return value(field.type, *found, depth + 1);
    if (fallback) {
      out_.insert(out_.end(), fallback->begin(), fallback->end());
      return true;
    }
    if (field.type.kind != Kind::optional)
      missing.emplace_back();
    else
      put(std::uint8_t{0});
    return true;
  }
  static bool is_number(JsonNode json) {
    return json.kind() == JsonKind::integer || json.kind() == JsonKind::large_integer ||
           json.kind() == JsonKind::number;
  }
  bool number_as_text(const Field& field, JsonNode json) {
    const bool is_optional = field.type.kind == Kind::optional;
    const auto& type = is_optional ? field.type.element() : field.type;
    if (type.kind != Kind::text) return wrong_type(type, json);
    if (is_optional) put(std::uint8_t{1});
    return sized(json.number_text());
  }
  // The nested record's fields stand in the enclosing object, where other members are not its own.
  bool flat_member(const Field& field, JsonNode json, int depth) {
    if (field.type.kind == Kind::optional) put(std::uint8_t{1});
    return members(record_of(field), json, depth + 1, true);
  }
  static const Type& record_of(const Field& field) {
    return field.type.kind == Kind::optional ? field.type.element() : field.type;
  }
  static bool holds_any_of(const Type& record, JsonNode json) {
    return std::any_of(record.fields.begin(), record.fields.end(), [&](const Field& field) {
      return is_flattened(field) ? holds_any_of(field.type, json) : json.find(field.name).has_value();
    });
  }
  bool only_known_members(const Type& type, JsonNode json, std::string_view also) {
    return json.each_member([&](std::string_view name, JsonNode) {
      if (name == also || type.field(name) != nullptr || known_flat(type, name)) return true;
      fail(Errc::invalid_argument, "unknown field");
      prepend_path(shown_value(name));
      return false;
    });
  }
  static bool known_flat(const Type& type, std::string_view name) {
    return std::any_of(type.fields.begin(), type.fields.end(), [&](const Field& field) {
      if (!field.attributes.has(also_read_flat) && !is_flattened(field)) return false;
      const auto& nested = record_of(field);
      return nested.field(name) != nullptr || known_flat(nested, name);
    });
  }
};

}  // namespace

Result<void> json_to_bytes(const Type& type, JsonNode json, Bytes& out, const JsonReading& reading) {
  Converter converter{out, reading};
  const bool written = converter.value(type, json);
  if (written && converter.missing.empty()) return {};
  auto& error = converter.error;
  if (written)
    error = {Errc::invalid_argument, {}, converter.missing.front(), describe_missing(converter.missing)};
  else
    error.detail += also_missing(converter.missing);
  error.during = "read JSON";
  return failure(std::move(converter.error));
}

Result<Bytes> json_to_bytes(const Type& type, std::string_view json, const JsonReading& reading) {
  JsonDocument document;
  EVENTSTORE_TRY_ASSIGN(const JsonNode root, document.parse(json));
  if (reading.unknown == UnknownFields::refuse) EVENTSTORE_TRY(check_members(root));  // else it was taken once
  Bytes bytes;
  EVENTSTORE_TRY(json_to_bytes(type, root, bytes, reading));
  return bytes;
}

}  // namespace v1
}  // namespace eventstore
