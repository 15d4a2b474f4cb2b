#include "json_scalars.hpp"

#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/uuid.hpp>
#include <eventstore/log/metadata.hpp>
#include <eventstore/schema/secret.hpp>

#include <fmt/format.h>
#include <boost/beast/core/detail/base64.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "decimal.hpp"
#include "missing_fields.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

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

void prepend(std::string_view step, std::string& path) {
  const bool follows = path.empty() || path.front() == '[';
  path = follows ? std::string{step} + path : fmt::format("{}.{}", step, path);
}

}  // namespace

bool JsonScalars::sized(std::string_view text) {
  put(static_cast<std::uint32_t>(text.size()));
  const auto bytes = as_bytes(text);
  out_.insert(out_.end(), bytes.begin(), bytes.end());
  return true;
}

bool JsonScalars::fail(Errc code, std::string detail) {
  error.code = code;
  error.detail = std::move(detail);
  return false;
}

bool JsonScalars::wrong_type(const Type& type, JsonNode json) {
  const auto expected =
      type.kind == Kind::enumeration ? fmt::format("one of {}", fmt::join(type.enumerators, ", ")) : describe(type);
  return fail(Errc::invalid_argument,
              fmt::format("wrong type: expected {}, found {}", expected, kind_name(json.kind())));
}

std::string JsonScalars::quoted(std::string_view text) const {
  return is_private_ ? "the value" : fmt::format("\"{}\"", shown_value(text));
}

bool JsonScalars::does_not_fit(const Type& type, JsonNode json) {
  return fail(
      Errc::invalid_argument,
      fmt::format("{} does not fit {}", is_private_ ? "the value" : shown_value(json.number_text()), describe(type)));
}

void JsonScalars::prepend_path(std::string_view step) { prepend(step, error.where); }

void JsonScalars::prepend_missing(std::string_view step, std::size_t from) {
  for (auto at = from; at < missing.size(); ++at) prepend(step, missing[at]);
}

void JsonScalars::prepend_encrypted(std::string_view step, std::size_t from) {
  auto& values = *reading_.encrypted;
  for (auto at = from; at < values.size(); ++at) prepend(step, values[at].path);
}

// A number that is written in another way than plainly is read from its text: what the type cannot hold is refused.
template <class Number> bool JsonScalars::integer(const Type& type, JsonNode json) {
  switch (json.kind()) {
    case JsonKind::integer:
      if (!std::in_range<Number>(json.integer())) return does_not_fit(type, json);
      put(static_cast<Number>(json.integer()));
      return true;
    case JsonKind::large_integer:
      if (!std::in_range<Number>(json.large_integer())) return does_not_fit(type, json);
      put(static_cast<Number>(json.large_integer()));
      return true;
    case JsonKind::number: {
      const auto number = Decimal::parse(json.number_text());
      const auto whole =
          number->as_integer<std::conditional_t<std::is_signed_v<Number>, std::int64_t, std::uint64_t>>();
      if (!whole || !std::in_range<Number>(*whole)) return does_not_fit(type, json);
      put(static_cast<Number>(*whole));
      return true;
    }
    default: return wrong_type(type, json);
  }
}

template <class Number> bool JsonScalars::real(const Type& type, JsonNode json) {
  const auto kind = json.kind();
  if (kind != JsonKind::integer && kind != JsonKind::large_integer && kind != JsonKind::number)
    return wrong_type(type, json);
  if (const double value = json.number(); std::is_same_v<Number, double> && json.is_short()) {
    put(static_cast<Number>(value));
    return true;
  }
  const auto number = Decimal::parse(json.number_text());
  auto value = number->as_real<Number>();
  const bool is_rounded = !value && reading_.inexact == InexactNumbers::round &&
                          std::abs(number->rounded()) <= static_cast<double>(std::numeric_limits<Number>::max());
  if (is_rounded) value = static_cast<Number>(number->rounded());
  if (!value) return does_not_fit(type, json);
  put(*value);
  return true;
}

bool JsonScalars::base64(const Type& type, JsonNode json) {
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

bool JsonScalars::uuid(const Type& type, JsonNode json) {
  if (json.kind() != JsonKind::text) return wrong_type(type, json);
  const auto parsed = Uuid::parse(json.text());
  if (!parsed)
    return fail(Errc::invalid_argument, is_private_ ? "malformed UUID" : "malformed UUID: " + parsed.error().detail);
  out_.insert(out_.end(), reinterpret_cast<const std::byte*>(parsed->octets.data()),
              reinterpret_cast<const std::byte*>(parsed->octets.data()) + parsed->octets.size());
  return true;
}

bool JsonScalars::timestamp(const Type& type, JsonNode json) {
  if (json.kind() == JsonKind::object)  // as mongoexport prints it
    if (const auto date = json.find("$date")) return timestamp(type, *date);
  if (json.kind() != JsonKind::text) return wrong_type(type, json);
  const auto parsed = Timestamp::parse(json.text(), reading_.zone);
  if (!parsed && is_private_) return fail(Errc::invalid_argument, "malformed time: write it like 2026-01-31T09:30:00Z");
  if (!parsed)
    return fail(Errc::invalid_argument,
                fmt::format("malformed time {}: {}", parsed.error().where, parsed.error().detail));
  put(parsed->micros);
  return true;
}

bool JsonScalars::free_data(JsonNode json) {
  std::string text;
  json.write(text);
  if (text.size() > free_data_bytes_max)
    return fail(Errc::too_large,
                fmt::format("free data is {} bytes, the limit is {}", text.size(), free_data_bytes_max));
  return sized(text);
}

bool JsonScalars::enumerator(const Type& type, JsonNode json) {
  if (json.kind() != JsonKind::text) return wrong_type(type, json);
  const auto& names = type.enumerators;
  if (std::find(names.begin(), names.end(), json.text()) == names.end())
    return fail(Errc::invalid_argument, fmt::format("{} is none of {}", quoted(json.text()), fmt::join(names, ", ")));
  return sized(json.text());
}

bool JsonScalars::boolean(const Type& type, JsonNode json) {
  if (json.kind() != JsonKind::boolean) return wrong_type(type, json);
  put(static_cast<std::uint8_t>(json.boolean()));
  return true;
}

bool JsonScalars::secret(const Type& type, JsonNode json) {
  if (json.kind() == JsonKind::text && json.text() == shown_secret)
    return fail(Errc::invalid_argument,
                "a secret comes in as its own text: \"sealed\" is what stands for it when it is shown");
  return text(type, json);
}

bool JsonScalars::text(const Type& type, JsonNode json) {
  if (json.kind() != JsonKind::text) return wrong_type(type, json);
  return sized(json.text());
}

bool JsonScalars::scalar(const Type& type, JsonNode json) {
  switch (type.kind) {
    case Kind::boolean: return boolean(type, json);
    case Kind::int8: return integer<std::int8_t>(type, json);
    case Kind::int16: return integer<std::int16_t>(type, json);
    case Kind::int32: return integer<std::int32_t>(type, json);
    case Kind::uint8: return integer<std::uint8_t>(type, json);
    case Kind::uint16: return integer<std::uint16_t>(type, json);
    case Kind::uint32: return integer<std::uint32_t>(type, json);
    case Kind::uint64: return integer<std::uint64_t>(type, json);
    case Kind::float32: return real<float>(type, json);
    case Kind::float64: return real<double>(type, json);
    case Kind::text: return text(type, json);
    case Kind::secret_text: return secret(type, json);
    case Kind::bytes: return base64(type, json);
    case Kind::uuid: return uuid(type, json);
    case Kind::timestamp: return timestamp(type, json);
    case Kind::json: return free_data(json);
    case Kind::enumeration: return enumerator(type, json);
    default: return integer<std::int64_t>(type, json);  // int64 and durations
  }
}

}  // namespace v1
}  // namespace eventstore
