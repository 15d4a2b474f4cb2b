#pragma once
// Durations as fields: a whole number of one unit, which the schema names.
#include <array>
#include <chrono>
#include <cstdint>
#include <eventstore/schema/type.hpp>
#include <string_view>
#include <type_traits>

namespace eventstore {
inline namespace v1 {

[[nodiscard]] constexpr bool is_duration(Kind kind) { return kind >= Kind::nanoseconds && kind <= Kind::days; }

/// The names of the units in schemas, finest first, in the order of their kinds.
inline constexpr std::array<std::string_view, 7> duration_names{
    "nanoseconds", "microseconds", "milliseconds", "seconds", "minutes", "hours", "days"};

namespace detail {

// By kind, finest first.
inline constexpr std::array<std::int64_t, 7> unit_nanoseconds{
    1, 1'000, 1'000'000, 1'000'000'000, 60'000'000'000, 3'600'000'000'000, 86'400'000'000'000};

constexpr std::size_t unit_of(Kind kind) {
  return static_cast<std::size_t>(kind) - static_cast<std::size_t>(Kind::nanoseconds);
}

template <class T> struct DurationUnit { static constexpr bool is_duration = false; };
template <class Rep, class Period> struct DurationUnit<std::chrono::duration<Rep, Period>> {
  static constexpr bool is_duration = true;
  static constexpr bool is_whole = std::is_integral_v<Rep> && std::is_signed_v<Rep>;
  // The place of the unit, or 7.
  static constexpr std::size_t place = [] {
    std::size_t found = 0;
    for (const auto nanoseconds : unit_nanoseconds) {
      using Scale = std::ratio_divide<Period, std::nano>;
      if (Scale::den == 1 && Scale::num == nanoseconds) break;
      ++found;
    }
    return found;
  }();
};

template <class T>
concept DurationField = DurationUnit<T>::is_duration;

template <DurationField T> constexpr Kind duration_kind() {
  static_assert(DurationUnit<T>::is_whole,
                "a duration in a field is a signed whole number: use std::chrono::milliseconds or the like");
  static_assert(
      DurationUnit<T>::place < unit_nanoseconds.size(),
      "a duration in a field counts nanoseconds, microseconds, milliseconds, seconds, minutes, hours or days: "
      "use std::chrono::days for what is longer");
  return static_cast<Kind>(static_cast<std::size_t>(Kind::nanoseconds) + DurationUnit<T>::place);
}

}  // namespace detail

/// `count` of the unit `from` in the unit `to`, which is as fine or finer; false where 64 bits cannot hold it.
[[nodiscard]] constexpr bool scale_duration(Kind from, Kind to, std::int64_t& count) {
  const auto scale = detail::unit_nanoseconds[detail::unit_of(from)] / detail::unit_nanoseconds[detail::unit_of(to)];
  return !__builtin_mul_overflow(count, scale, &count);
}

}  // namespace v1
}  // namespace eventstore
