#include "queried_field.hpp"
#include <eventstore/core/uuid.hpp>
#include <eventstore/schema/detail/duration.hpp>

#include <fmt/format.h>

#include <algorithm>

#include <cmath>

namespace eventstore {
inline namespace v1 {
namespace {

tl::unexpected<Error> no_such_field(const CollectionShape& shape, std::string_view field) {
  std::string known{"_id"};
  for (const auto& column : shape.columns) known += ", " + column.name;
  return failure(Errc::invalid_argument, "query " + shape.name, std::string{field},
                 "no such field; the documents have " + known);
}

bool is_name(std::string_view part) {
  return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

// Follows `found.path` down from the column's type; false where it leads nowhere.
bool follow(QueriedField& found) {
  for (std::string_view rest{found.path}; !rest.empty();) {
    const auto part = rest.substr(0, rest.find('.'));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    if (!is_name(part)) return false;
    found.nullable = found.nullable || found.type == nullptr || found.type->kind == Kind::json;
    if (found.type == nullptr || found.type->kind == Kind::json) {
      found.type = nullptr;
      continue;
    }
    const auto* const field = found.type->kind == Kind::record ? found.type->field(part) : nullptr;
    if (field == nullptr || field->name != part) return false;
    found.type = &field->type;
    if (found.type->kind == Kind::optional) {
      found.nullable = true;
      found.type = &found.type->element();
    }
  }
  return true;
}

std::string described(const QueriedField& field) {
  if (field.is_id()) return "text";
  return field.is_free() ? "a bool, number or text" : describe(*field.type);
}

std::optional<QueryValue> as_whole(const QueryValue& value) {
  if (std::holds_alternative<std::int64_t>(value)) return value;
  return std::nullopt;
}

std::optional<QueryValue> as_real(const QueryValue& value) {
  if (const auto* const whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (const auto* const real = std::get_if<double>(&value); real != nullptr && !std::isnan(*real)) return value;
  return std::nullopt;
}

std::optional<QueryValue> as_time(const QueryValue& value) {
  if (std::holds_alternative<Timestamp>(value)) return value;
  const auto* const text = std::get_if<std::string>(&value);
  if (text == nullptr) return std::nullopt;
  const auto time = Timestamp::parse(*text);
  if (!time) return std::nullopt;
  return *time;
}

std::optional<QueryValue> as_text(const QueriedField& field, const QueryValue& value) {
  const auto* const text = std::get_if<std::string>(&value);
  if (text == nullptr) return std::nullopt;
  if (field.has_kind(Kind::enumeration) && rank_of(*field.type, *text) == field.type->enumerators.size())
    return std::nullopt;
  if (!field.has_kind(Kind::uuid)) return value;
  const auto uuid = Uuid::parse(*text);
  if (!uuid) return std::nullopt;
  return uuid->to_string();
}

std::optional<QueryValue> converted(const QueriedField& field, const QueryValue& value) {
  if (std::holds_alternative<std::monostate>(value)) return std::nullopt;
  if (field.is_id()) return as_text(field, value);
  if (field.is_free()) return std::holds_alternative<Timestamp>(value) ? std::nullopt : std::optional{value};
  switch (field.type->kind) {
    case Kind::boolean: return std::holds_alternative<bool>(value) ? std::optional{value} : std::nullopt;
    case Kind::float32:
    case Kind::float64: return as_real(value);
    case Kind::timestamp: return as_time(value);
    case Kind::text:
    case Kind::uuid:
    case Kind::enumeration: return as_text(field, value);
    default: return is_whole(field.type->kind) ? as_whole(value) : std::nullopt;
  }
}

}  // namespace

bool is_whole(Kind kind) { return (kind >= Kind::int8 && kind <= Kind::uint64) || is_duration(kind); }

Result<QueriedField> queried_field(const CollectionShape& shape, std::string_view field) {
  if (field == "_id") return QueriedField{};
  const auto dot = field.find('.');
  const auto place = shape.column(field.substr(0, dot));
  if (place == shape.columns.size()) return no_such_field(shape, field);
  const auto& column = shape.columns[place];
  QueriedField found{&column, {}, &column.type, column.nullable};
  if (dot != std::string_view::npos) {
    found.path = field.substr(dot + 1);
    if (found.path.empty() || !follow(found)) return no_such_field(shape, field);
  }
  return found;
}

Result<QueryValue> comparable(const QueriedField& field, std::string_view name, const QueryValue& value) {
  if (auto fitting = converted(field, value)) return std::move(*fitting);
  return failure(Errc::invalid_argument, "query", std::string{name},
                 "expected a value like the field's: " + described(field));
}

}  // namespace v1
}  // namespace eventstore
