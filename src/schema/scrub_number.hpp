#pragma once
// Private to the schema layer: numbers, times and ids of the same shape that say nothing. See schema/scrub.hpp.
#include <bit>
#include <cmath>
#include <cstdint>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/uuid.hpp>
#include <limits>
#include <type_traits>

namespace eventstore {
inline namespace v1 {

/// The whole number of as many bits as `magnitude`, every other of them set.
constexpr std::uint64_t scrub_magnitude(std::uint64_t magnitude) {
  constexpr std::uint64_t every_other = 0xAAAA'AAAA'AAAA'AAAA;
  return magnitude == 0 ? 0 : every_other >> static_cast<unsigned>(std::countl_zero(magnitude));
}

template <class Number>
requires std::is_integral_v<Number>
constexpr Number scrub_number(Number number) {
  using Limits = std::numeric_limits<Number>;
  if (number == Limits::min() || number == Limits::max()) return number;
  if (number >= 0) return static_cast<Number>(scrub_magnitude(static_cast<std::uint64_t>(number)));
  return static_cast<Number>(-static_cast<std::int64_t>(scrub_magnitude(0 - static_cast<std::uint64_t>(number))));
}

template <class Number>
requires std::is_floating_point_v<Number> Number scrub_number(Number number) {
  using Limits = std::numeric_limits<Number>;
  using Bits = std::conditional_t<sizeof(Number) == 4, std::uint32_t, std::uint64_t>;
  const auto size = std::abs(number);
  if (std::isnan(number)) return std::copysign(Limits::quiet_NaN(), number);  // its other bits could say something
  if (size == 0 || size == Limits::infinity() || size == Limits::max() || size == Limits::min() ||
      size == Limits::denorm_min())
    return number;
  constexpr auto fraction_bits = static_cast<unsigned>(Limits::digits - 1);
  constexpr auto whole_end = static_cast<Number>(std::uint64_t{1} << fraction_bits);
  if (size < whole_end && size == std::floor(size))
    return std::copysign(static_cast<Number>(scrub_magnitude(static_cast<std::uint64_t>(size))), number);
  constexpr Bits fraction_mask = (Bits{1} << fraction_bits) - 1;
  const auto bits = std::bit_cast<Bits>(number);
  const Bits fraction = bits & fraction_mask;
  const bool subnormal = size < Limits::min();
  const auto made_up = static_cast<Bits>(subnormal ? scrub_magnitude(fraction) : fraction_mask & 0x5555'5555'5555'5555);
  return std::bit_cast<Number>(static_cast<Bits>((bits & ~fraction_mask) | made_up));
}

/// `time` is one of the calendar.
Timestamp scrub_time(Timestamp time);

Uuid scrub_uuid(const Uuid& uuid);

}  // namespace v1
}  // namespace eventstore
