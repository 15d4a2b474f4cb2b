#include <eventstore/schema/detail/bytes_reader.hpp>

#include "depth_max.hpp"

#include <algorithm>

namespace eventstore {
inline namespace v1 {
BytesView BytesReader::value(const Type& type) {
  const auto before = rest_;
  skip(type, 0);
  return ok_ ? before.first(before.size() - rest_.size()) : BytesView{};
}

const Field* BytesReader::alternative(const Type& variant) {
  const auto name = text();
  for (const auto& each : variant.fields)
    if (ok_ && each.name == name) return &each;
  ok_ = false;
  return nullptr;
}

void BytesReader::skip(const Type& type, int depth) {
  if (depth > depth_max) ok_ = false;
  if (!ok_) return;
  switch (type.kind) {
    case Kind::boolean:
    case Kind::int8:
    case Kind::uint8: take(1); break;
    case Kind::int16:
    case Kind::uint16: take(2); break;
    case Kind::int32:
    case Kind::uint32:
    case Kind::float32: take(4); break;
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
    case Kind::timestamp: take(8); break;
    case Kind::uuid: take(16); break;
    case Kind::text:
    case Kind::secret_text:
    case Kind::bytes:
    case Kind::json:
    case Kind::enumeration: sized(); break;
    case Kind::optional:
      if (const auto present = number<std::uint8_t>(); present == 1)
        skip(type.element(), depth + 1);
      else if (present != 0)
        ok_ = false;
      break;
    case Kind::array:
      for (std::uint32_t i = 0; ok_ && i < type.count; ++i) skip(type.element(), depth + 1);
      break;
    case Kind::variant:
      if (const auto* chosen = alternative(type)) skip(chosen->type, depth + 1);
      break;
    case Kind::list:
    case Kind::set:
    case Kind::map: {
      const auto count = number<std::uint32_t>();
      // An element of no bytes at all would let a count of billions spin; no type of ours has such elements but the
      // empty record, so a count that the bytes cannot back is refused.
      if (count > rest_.size()) ok_ = false;
      for (std::uint32_t i = 0; ok_ && i < count; ++i) {
        if (type.kind == Kind::map) sized();
        skip(type.element(), depth + 1);
      }
      break;
    }
    case Kind::record:
      for (const auto& field : type.fields) skip(field.type, depth + 1);
      break;
  }
}

}  // namespace v1
}  // namespace eventstore
