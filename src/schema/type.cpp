#include <eventstore/schema/detail/duration.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace eventstore {
inline namespace v1 {

// Out of line, because Field is complete only after Type.
Type::Type(Kind its_kind) : kind{its_kind} {}
Type::Type(Kind its_kind, Type element_type) : kind{its_kind} { of.push_back(std::move(element_type)); }
Type::Type(const Type&) = default;
Type::Type(Type&&) noexcept = default;
Type& Type::operator=(const Type&) = default;
Type& Type::operator=(Type&&) noexcept = default;
Type::~Type() = default;

const Field* Type::field(std::string_view name) const {
  for (const auto& candidate : fields)
    if (candidate.name == name) return &candidate;
  for (const auto& candidate : fields)
    if (!candidate.attributes.was.empty() && candidate.attributes.was == name) return &candidate;
  return nullptr;
}

std::string describe(const Type& type) {
  switch (type.kind) {
    case Kind::boolean: return "bool";
    case Kind::int8: return "int8";
    case Kind::int16: return "int16";
    case Kind::int32: return "int32";
    case Kind::int64: return "int64";
    case Kind::uint8: return "uint8";
    case Kind::uint16: return "uint16";
    case Kind::uint32: return "uint32";
    case Kind::uint64: return "uint64";
    case Kind::float32: return "float32";
    case Kind::float64: return "float64";
    case Kind::text: return "text";
    case Kind::bytes: return "bytes";
    case Kind::uuid: return "uuid";
    case Kind::timestamp: return "timestamp";
    case Kind::json: return "json";
    case Kind::optional: return fmt::format("optional<{}>", describe(type.element()));
    case Kind::list: return fmt::format("list<{}>", describe(type.element()));
    case Kind::map: return fmt::format("map<{}>", describe(type.element()));
    case Kind::record: return "record";
    case Kind::enumeration: return "enum";
    case Kind::array: return fmt::format("array<{}>", describe(type.element()));
    case Kind::set: return fmt::format("set<{}>", describe(type.element()));
    case Kind::variant: return "variant";
    case Kind::secret_text: return "secret";
    default: return std::string{duration_names[detail::unit_of(type.kind)]};
  }
}

bool may_take_no_bytes(const Type& type) {
  if (type.kind == Kind::array) return may_take_no_bytes(type.element());
  return type.kind == Kind::record && std::all_of(type.fields.begin(), type.fields.end(),
                                                  [](const Field& field) { return may_take_no_bytes(field.type); });
}

}  // namespace v1
}  // namespace eventstore
