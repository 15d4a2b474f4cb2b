#include <eventstore/schema/detail/blank_value.hpp>

namespace eventstore {
inline namespace v1 {
namespace {

void append_blank_number(std::uint64_t number, std::size_t bytes, Bytes& out) {
  for (std::size_t i = 0; i < bytes; ++i) out.push_back(static_cast<std::byte>(number >> (8 * i)));
}

void append_blank_name(std::string_view text, Bytes& out) {
  append_blank_number(text.size(), 4, out);
  const auto bytes = as_bytes(text);
  out.insert(out.end(), bytes.begin(), bytes.end());
}

void append_blank_value(const Type& type, Bytes& out) {
  switch (type.kind) {
    case Kind::boolean:
    case Kind::int8:
    case Kind::uint8:
    case Kind::optional: return append_blank_number(0, 1, out);
    case Kind::int16:
    case Kind::uint16: return append_blank_number(0, 2, out);
    case Kind::int64:
    case Kind::uint64:
    case Kind::float64:
    case Kind::nanoseconds:
    case Kind::microseconds:
    case Kind::milliseconds:
    case Kind::seconds:
    case Kind::minutes:
    case Kind::hours:
    case Kind::days:
    case Kind::timestamp: return append_blank_number(0, 8, out);
    case Kind::uuid: append_blank_number(0, 8, out); return append_blank_number(0, 8, out);
    // Numbers of 4 bytes, and the lengths and counts of what is empty.
    case Kind::int32:
    case Kind::uint32:
    case Kind::float32:
    case Kind::text:
    case Kind::secret_text:
    case Kind::bytes:
    case Kind::json:
    case Kind::list:
    case Kind::set:
    case Kind::map: return append_blank_number(0, 4, out);
    case Kind::enumeration: return append_blank_name(type.enumerators.front(), out);
    case Kind::array:
      for (std::uint32_t i = 0; i < type.count; ++i) append_blank_value(type.element(), out);
      return;
    case Kind::variant:
      append_blank_name(type.fields.front().name, out);
      return append_blank_value(type.fields.front().type, out);
    case Kind::record:
      for (const auto& field : type.fields)
        if (field.default_value)
          out.insert(out.end(), field.default_value->begin(), field.default_value->end());
        else
          append_blank_value(field.type, out);
      return;
  }
}

}  // namespace

void append_blank(const Type& type, const Bytes* default_value, Bytes& out) {
  if (default_value != nullptr)
    out.insert(out.end(), default_value->begin(), default_value->end());
  else
    append_blank_value(type, out);
}

}  // namespace v1
}  // namespace eventstore
