#include "set_order.hpp"

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

template <class Number> bool less(BytesReader a, BytesReader b) { return a.number<Number>() < b.number<Number>(); }

std::size_t place_of(std::string_view enumerator, const Type& type) {
  const auto& names = type.enumerators;
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), enumerator) - names.begin());
}

bool in_order(const Type& type, BytesView first, BytesView second) {
  BytesReader a{first};
  BytesReader b{second};
  switch (type.kind) {
    case Kind::boolean:
    case Kind::uint8: return less<std::uint8_t>(a, b);
    case Kind::uint16: return less<std::uint16_t>(a, b);
    case Kind::uint32: return less<std::uint32_t>(a, b);
    case Kind::uint64: return less<std::uint64_t>(a, b);
    case Kind::int8: return less<std::int8_t>(a, b);
    case Kind::int16: return less<std::int16_t>(a, b);
    case Kind::int32: return less<std::int32_t>(a, b);
    case Kind::text: return a.text() < b.text();
    case Kind::uuid: return as_text(first) < as_text(second);
    case Kind::enumeration: return place_of(a.text(), type) < place_of(b.text(), type);
    default: return less<std::int64_t>(a, b);  // times and durations too
  }
}

}  // namespace

void write_set(const Type& element, std::vector<Bytes> elements, BytesOut& out) {
  std::sort(elements.begin(), elements.end(), [&](const Bytes& a, const Bytes& b) { return in_order(element, a, b); });
  elements.erase(std::unique(elements.begin(), elements.end()), elements.end());
  out(static_cast<std::uint32_t>(elements.size()));
  for (const auto& bytes : elements) out.write(bytes.data(), bytes.size());
}

}  // namespace v1
}  // namespace eventstore
