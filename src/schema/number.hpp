#pragma once
// Private to the schema layer: what plans share about fields and numbers.
#include <array>
#include <cstring>
#include <eventstore/schema/detail/bytes_reader.hpp>
#include <eventstore/schema/schema.hpp>

namespace eventstore {
inline namespace v1 {

/// Bytes of a number, or of what else always takes the same; 0 where the length varies.
constexpr std::uint32_t fixed_size(Kind kind) {
  switch (kind) {
    case Kind::boolean:
    case Kind::int8:
    case Kind::uint8: return 1;
    case Kind::int16:
    case Kind::uint16: return 2;
    case Kind::int32:
    case Kind::uint32:
    case Kind::float32: return 4;
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
    case Kind::timestamp: return 8;
    case Kind::uuid: return 16;
    default: return 0;
  }
}

/// Whether it is a length and as many bytes.
constexpr bool is_sized(Kind kind) {
  return kind == Kind::text || kind == Kind::bytes || kind == Kind::json || kind == Kind::enumeration ||
         kind == Kind::secret_text;
}

inline constexpr std::size_t no_source = ~std::size_t{0};

/// The place of the stored field that `wanted` is read from: that of its name, else of its earlier one.
std::size_t source_of(const Field& wanted, const Type& stored);

/// A number of the kind `from` as 8 bytes, the first of which are any wider kind's that compare.hpp allows:
/// little-endian numbers begin with their low bytes.
std::array<std::byte, 8> widened(Kind from, const std::array<std::byte, 8>& narrow);

}  // namespace v1
}  // namespace eventstore
