#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/uuid.hpp>
#include <eventstore/log/metadata.hpp>
#include <eventstore/schema/json_codec.hpp>

#include <fmt/format.h>
#include <boost/beast/core/detail/base64.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr int depth_max = 64;
constexpr double two_to_63 = 9223372036854775808.0;

std::string_view kind_name(JsonKind kind) {
  switch (kind) {
    case JsonKind::null: return "null";
    case JsonKind::boolean: return "a boolean";
    case JsonKind::integer:
    case JsonKind::large_integer:
    case JsonKind::number: return "a number";
    case JsonKind::text: return "text";
    case JsonKind::array: return "a list";
    case JsonKind::object: return "an object";
  }
  return "?";
}

// Writes the bytes of one value; on failure `error` holds the message and the path to it.
class Converter {
 public:
  Converter(Bytes& out, UnknownFields unknown) : out_{out}, unknown_{unknown} {}

  Error error{};

  bool value(const Type& type, JsonNode json, int depth = 0) {
    if (depth > depth_max) return fail(Errc::invalid_argument, "nested deeper than 64 levels");
    switch (type.kind) {
      case Kind::boolean:
        if (json.kind() != JsonKind::boolean) return wrong_type(type, json);
        put(static_cast<std::uint8_t>(json.boolean()));
        return true;
      case Kind::int8: return integer<std::int8_t>(type, json);
      case Kind::int16: return integer<std::int16_t>(type, json);
      case Kind::int32: return integer<std::int32_t>(type, json);
      case Kind::int64: return integer<std::int64_t>(type, json);
      case Kind::uint8: return integer<std::uint8_t>(type, json);
      case Kind::uint16: return integer<std::uint16_t>(type, json);
      case Kind::uint32: return integer<std::uint32_t>(type, json);
      case Kind::uint64: return integer<std::uint64_t>(type, json);
      case Kind::float32: return real<float>(type, json);
      case Kind::float64: return real<double>(type, json);
      case Kind::text:
        if (json.kind() != JsonKind::text) return wrong_type(type, json);
        return sized(json.text());
      case Kind::bytes: return base64(type, json);
      case Kind::uuid: return uuid(type, json);
      case Kind::timestamp: return timestamp(type, json);
      case Kind::json: return free_data(json);
      case Kind::optional:
        put(static_cast<std::uint8_t>(json.kind() != JsonKind::null));
        return json.kind() == JsonKind::null || value(type.element(), json, depth + 1);
      case Kind::list: return list(type, json, depth);
      case Kind::map: return map(type, json, depth);
      case Kind::record: return record(type, json, depth);
      case Kind::enumeration: return enumerator(type, json);
    }
    return false;
  }

 private:
  template <class Number> void put(Number number) {
    const auto* const bytes = reinterpret_cast<const std::byte*>(&number);
    out_.insert(out_.end(), bytes, bytes + sizeof number);
  }
  bool sized(std::string_view text) {
    put(static_cast<std::uint32_t>(text.size()));
    const auto bytes = as_bytes(text);
    out_.insert(out_.end(), bytes.begin(), bytes.end());
    return true;
  }
  bool fail(Errc code, std::string detail) {
    error.code = code;
    error.detail = std::move(detail);
    return false;
  }
  bool wrong_type(const Type& type, JsonNode json) {
    return fail(Errc::invalid_argument,
                fmt::format("wrong type: expected {}, found {}", describe(type), kind_name(json.kind())));
  }
  bool out_of_range(const Type& type) {
    return fail(Errc::invalid_argument, fmt::format("number out of range for {}", describe(type)));
  }
  // Called on the way out of a failure, innermost first.
  void prepend_path(std::string_view step) {
    error.where = error.where.empty() || error.where.front() == '[' ? std::string{step} + error.where
                                                                    : fmt::format("{}.{}", step, error.where);
  }

  template <class Number> bool integer(const Type& type, JsonNode json) {
    using Limits = std::numeric_limits<Number>;
    switch (json.kind()) {
      case JsonKind::integer:
        if (!std::in_range<Number>(json.integer())) return out_of_range(type);
        put(static_cast<Number>(json.integer()));
        return true;
      case JsonKind::large_integer:
        if (!std::in_range<Number>(json.large_integer())) return out_of_range(type);
        put(static_cast<Number>(json.large_integer()));
        return true;
      case JsonKind::number: {
        const double number = json.number();
        if (number != std::floor(number)) return wrong_type(type, json);
        if (number < static_cast<double>(Limits::min()) ||
            number >= (std::is_signed_v<Number> ? two_to_63 : 2 * two_to_63) ||
            (sizeof(Number) < 8 && number > static_cast<double>(Limits::max())))
          return out_of_range(type);
        put(static_cast<Number>(number));
        return true;
      }
      default: return wrong_type(type, json);
    }
  }
  template <class Number> bool real(const Type& type, JsonNode json) {
    const auto kind = json.kind();
    if (kind != JsonKind::integer && kind != JsonKind::large_integer && kind != JsonKind::number)
      return wrong_type(type, json);
    if (std::abs(json.number()) > static_cast<double>(std::numeric_limits<Number>::max())) return out_of_range(type);
    put(static_cast<Number>(json.number()));
    return true;
  }
  bool base64(const Type& type, JsonNode json) {
    namespace codec = boost::beast::detail::base64;
    if (json.kind() != JsonKind::text) return wrong_type(type, json);
    auto text = json.text();
    std::string decoded(codec::decoded_size(text.size()), '\0');
    const auto [written, read] = codec::decode(decoded.data(), text.data(), text.size());
    const auto padding = text.substr(std::min(read, text.size()));
    if (text.size() % 4 != 0 || padding.size() > 2 || padding.find_first_not_of('=') != std::string_view::npos)
      return fail(Errc::invalid_argument, "malformed base64");
    decoded.resize(written);
    return sized(decoded);
  }
  bool uuid(const Type& type, JsonNode json) {
    if (json.kind() != JsonKind::text) return wrong_type(type, json);
    const auto parsed = Uuid::parse(json.text());
    if (!parsed) return fail(Errc::invalid_argument, "malformed UUID: " + parsed.error().detail);
    out_.insert(out_.end(), reinterpret_cast<const std::byte*>(parsed->octets.data()),
                reinterpret_cast<const std::byte*>(parsed->octets.data()) + parsed->octets.size());
    return true;
  }
  bool timestamp(const Type& type, JsonNode json) {
    if (json.kind() == JsonKind::object)  // as mongoexport prints it
      if (const auto date = json.find("$date")) return timestamp(type, *date);
    if (json.kind() != JsonKind::text) return wrong_type(type, json);
    const auto parsed = Timestamp::parse(json.text());
    if (!parsed)
      return fail(Errc::invalid_argument,
                  fmt::format("malformed time {}: {}", parsed.error().where, parsed.error().detail));
    put(parsed->micros);
    return true;
  }
  bool free_data(JsonNode json) {
    std::string text;
    json.write(text);
    if (text.size() > free_data_bytes_max)
      return fail(Errc::too_large,
                  fmt::format("free data is {} bytes, the limit is {}", text.size(), free_data_bytes_max));
    return sized(text);
  }
  bool enumerator(const Type& type, JsonNode json) {
    if (json.kind() != JsonKind::text) return wrong_type(type, json);
    const auto& names = type.enumerators;
    if (std::find(names.begin(), names.end(), json.text()) == names.end())
      return fail(Errc::invalid_argument,
                  fmt::format("\"{}\" is none of {}", json.text().substr(0, 64), fmt::join(names, ", ")));
    return sized(json.text());
  }
  bool list(const Type& type, JsonNode json, int depth) {
    if (json.kind() != JsonKind::array) return wrong_type(type, json);
    const auto count_at = out_.size();
    std::uint32_t count = 0;
    put(count);
    const bool all = json.each_element([&](JsonNode element) {
      if (!value(type.element(), element, depth + 1)) {
        prepend_path(fmt::format("[{}]", count));
        return false;
      }
      ++count;
      return true;
    });
    std::memcpy(out_.data() + count_at, &count, sizeof count);
    return all;
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
    for (const auto& [key, entry] : entries) {
      sized(key);
      if (!value(type.element(), entry, depth + 1)) {
        prepend_path(key);
        return false;
      }
    }
    return true;
  }

  bool record(const Type& type, JsonNode json, int depth) {
    if (json.kind() != JsonKind::object) return wrong_type(type, json);
    if (unknown_ == UnknownFields::refuse && !only_known_members(type, json)) return false;
    for (const auto& field : type.fields)
      if (!member(field, json, depth)) {
        prepend_path(field.name);
        return false;
      }
    return true;
  }
  bool member(const Field& field, JsonNode json, int depth) {
    auto found = json.find(field.name);
    if (!found && !field.attributes.was.empty()) found = json.find(field.attributes.was);
    if (!found && field.attributes.has(also_read_flat) && holds_any_of(record_of(field), json))
      return flat_member(field, json, depth);
    if (!found && is_flattened(field)) return flat_member(field, json, depth);
    const bool empty = found && found->kind() == JsonKind::null && field.type.kind != Kind::optional;
    if (found && !(empty && field.default_value)) return value(field.type, *found, depth + 1);
    if (field.default_value) {
      out_.insert(out_.end(), field.default_value->begin(), field.default_value->end());
      return true;
    }
    if (field.type.kind != Kind::optional) return fail(Errc::invalid_argument, "missing field");
    put(std::uint8_t{0});
    return true;
  }
  // The nested record's fields stand in the enclosing object, where other members are not its own.
  bool flat_member(const Field& field, JsonNode json, int depth) {
    if (field.type.kind == Kind::optional) put(std::uint8_t{1});
    for (const auto& nested : record_of(field).fields)
      if (!member(nested, json, depth + 1)) {
        prepend_path(nested.name);
        return false;
      }
    return true;
  }
  static const Type& record_of(const Field& field) {
    return field.type.kind == Kind::optional ? field.type.element() : field.type;
  }
  static bool holds_any_of(const Type& record, JsonNode json) {
    return std::any_of(record.fields.begin(), record.fields.end(),
                       [&](const Field& field) { return json.find(field.name).has_value(); });
  }
  bool only_known_members(const Type& type, JsonNode json) {
    return json.each_member([&](std::string_view name, JsonNode) {
      if (type.field(name) != nullptr || known_flat(type, name)) return true;
      fail(Errc::invalid_argument, "unknown field");
      prepend_path(name.substr(0, 64));
      return false;
    });
  }
  static bool is_flattened(const Field& field) {
    return field.attributes.has(flattened) && field.type.kind == Kind::record;
  }
  static bool known_flat(const Type& type, std::string_view name) {
    return std::any_of(type.fields.begin(), type.fields.end(), [&](const Field& field) {
      if (!field.attributes.has(also_read_flat) && !is_flattened(field)) return false;
      const auto& nested = record_of(field);
      return nested.field(name) != nullptr || known_flat(nested, name);
    });
  }

  Bytes& out_;
  UnknownFields unknown_;
};

}  // namespace

Result<void> json_to_bytes(const Type& type, JsonNode json, Bytes& out, UnknownFields unknown) {
  Converter converter{out, unknown};
  if (converter.value(type, json)) return {};
  converter.error.during = "read JSON";
  return failure(std::move(converter.error));
}

Result<Bytes> json_to_bytes(const Type& type, std::string_view json, UnknownFields unknown) {
  JsonDocument document;
  EVENTSTORE_TRY_ASSIGN(const JsonNode root, document.parse(json));
  Bytes bytes;
  EVENTSTORE_TRY(json_to_bytes(type, root, bytes, unknown));
  return bytes;
}

}  // namespace v1
}  // namespace eventstore
