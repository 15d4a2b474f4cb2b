#pragma once
// Arithmetic that stops at the limits of 64 bits.
#include <cstdint>
#include <limits>

namespace eventstore {
inline namespace v1 {
namespace detail {

// Wide enough for the product of two numbers of 64 bits.
__extension__ typedef __int128 Wide;  // NOLINT: an alias declaration would be pedantic's business again

// The number, or the limit of 64 bits that it lies beyond.
constexpr std::int64_t saturated(Wide number) {
  using Limits = std::numeric_limits<std::int64_t>;
  if (number < Limits::min()) return Limits::min();
  return number > Limits::max() ? Limits::max() : static_cast<std::int64_t>(number);
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
