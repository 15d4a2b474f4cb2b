#include "number.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

template <class Number> std::int64_t number(const std::array<std::byte, 8>& bytes) {
  Number value{};
  std::memcpy(&value, bytes.data(), sizeof value);
  return static_cast<std::int64_t>(value);
}

}  // namespace

std::size_t source_of(const Field& wanted, const Type& stored) {
  std::size_t former = no_source;
  for (std::size_t i = 0; i < stored.fields.size(); ++i) {
    if (stored.fields[i].name == wanted.name) return i;
    if (!wanted.attributes.was.empty() && stored.fields[i].name == wanted.attributes.was && former == no_source)
      former = i;
  }
  return former;
}

std::array<std::byte, 8> widened(Kind from, const std::array<std::byte, 8>& narrow) {
  std::array<std::byte, 8> wide{};
  const auto put = [&wide](auto value) { std::memcpy(wide.data(), &value, sizeof value); };
  switch (from) {
    case Kind::int8: put(number<std::int8_t>(narrow)); break;
    case Kind::int16: put(number<std::int16_t>(narrow)); break;
    case Kind::int32: put(number<std::int32_t>(narrow)); break;
    case Kind::uint8: put(number<std::uint8_t>(narrow)); break;
    case Kind::uint16: put(number<std::uint16_t>(narrow)); break;
    case Kind::uint32: put(number<std::uint32_t>(narrow)); break;
    case Kind::float32: {
      float value = 0;
      std::memcpy(&value, narrow.data(), sizeof value);
      put(static_cast<double>(value));
      break;
    }
    default: wide = narrow;
  }
  return wide;
}

}  // namespace v1
}  // namespace eventstore
