#include "read_scalar.hpp"

#include <eventstore/schema/detail/bytes_reader.hpp>
#include <eventstore/schema/detail/duration.hpp>

#include <cstring>

#include "item.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {
namespace {

Scalar duration_of(std::int64_t count, Kind kind) {
  return Scalar::duration(count, detail::unit_nanoseconds[detail::unit_of(kind)]);
}

template <class Number> Scalar stored_number(BytesReader& reader) {
  const auto number = reader.number<Number>();
  if (!reader.ok()) return {};
  if constexpr (std::is_floating_point_v<Number>)
    return Scalar::of(static_cast<double>(number));
  else
    return Scalar::of(Wide{number});
}

Scalar stored_uuid(BytesReader& reader) {
  Uuid uuid;
  const auto bytes = reader.take(uuid.octets.size());
  if (!reader.ok()) return {};
  std::memcpy(uuid.octets.data(), bytes.data(), bytes.size());
  return Scalar::of(uuid);
}

}  // namespace

Form form_of(Kind kind) {
  if (is_duration(kind)) return Form::duration;
  switch (kind) {
    case Kind::boolean: return Form::boolean;
    case Kind::float32:
    case Kind::float64: return Form::number;
    case Kind::text:
    case Kind::enumeration: return Form::text;
    case Kind::uuid: return Form::uuid;
    case Kind::timestamp: return Form::time;
    default: return kind >= Kind::int8 && kind <= Kind::uint64 ? Form::integer : Form::missing;
  }
}

Scalar read_scalar(const Value& value) {
  const auto kind = value.kind();
  switch (form_of(kind)) {
    case Form::boolean: return Scalar::of(value.boolean());
    case Form::integer: return Scalar::of(kind >= Kind::uint8 ? Wide{value.natural()} : Wide{value.integer()});
    case Form::number: return Scalar::of(value.number());
    case Form::text: return Scalar::of(value.text());
    case Form::time: return Scalar::of(value.time());
    case Form::duration: return duration_of(value.integer(), kind);
    case Form::uuid: return Scalar::of(value.uuid());
    case Form::missing: break;
  }
  return {};
}

Scalar read_scalar(BytesView bytes, const Type& type) {
  BytesReader reader{bytes};
  switch (type.kind) {
    case Kind::boolean: {
      const auto flag = reader.number<std::uint8_t>();
      return reader.ok() ? Scalar::of(flag != 0) : Scalar{};
    }
    case Kind::int8: return stored_number<std::int8_t>(reader);
    case Kind::int16: return stored_number<std::int16_t>(reader);
    case Kind::int32: return stored_number<std::int32_t>(reader);
    case Kind::int64: return stored_number<std::int64_t>(reader);
    case Kind::uint8: return stored_number<std::uint8_t>(reader);
    case Kind::uint16: return stored_number<std::uint16_t>(reader);
    case Kind::uint32: return stored_number<std::uint32_t>(reader);
    case Kind::uint64: return stored_number<std::uint64_t>(reader);
    case Kind::float32: return stored_number<float>(reader);
    case Kind::float64: return stored_number<double>(reader);
    case Kind::text:
    case Kind::enumeration: {
      const auto text = reader.text();
      return reader.ok() ? Scalar::of(text) : Scalar{};
    }
    case Kind::uuid: return stored_uuid(reader);
    case Kind::timestamp: {
      const Timestamp time{reader.number<std::int64_t>()};
      return reader.ok() ? Scalar::of(time) : Scalar{};
    }
    default: break;
  }
  if (!is_duration(type.kind)) return {};
  const auto count = reader.number<std::int64_t>();
  return reader.ok() ? duration_of(count, type.kind) : Scalar{};
}

Scalar read_scalar(const JsonNode& node) {
  switch (node.kind()) {
    case JsonKind::boolean: return Scalar::of(node.boolean());
    case JsonKind::integer: return Scalar::of(Wide{node.integer()});
    case JsonKind::large_integer: return Scalar::of(Wide{node.large_integer()});
    case JsonKind::text: return Scalar::of(node.text());
    case JsonKind::number: {
      if (node.is_short()) return Scalar::of(node.number());
      const auto integer = read_integer(node.number_text());
      return integer ? Scalar::of(*integer) : Scalar::of(node.number());
    }
    default: return {};
  }
}

std::optional<Wide> read_integer(std::string_view text) {
  constexpr std::size_t digits_max = 38;
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.size() > digits_max) return std::nullopt;
  Wide value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return negative ? -value : value;
}

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
