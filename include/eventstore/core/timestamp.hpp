#pragma once
// A moment in UTC, to the microsecond, to and from std::chrono.
#include <chrono>
#include <compare>
#include <cstdint>
#include <eventstore/core/detail/saturating.hpp>
#include <eventstore/core/result.hpp>
#include <string>
#include <string_view>
#include <type_traits>

namespace eventstore {
inline namespace v1 {

class Zone;

namespace detail {

/// A duration that is exact in whole microseconds: hours, minutes, seconds, milliseconds, days.
template <class Duration>
concept WholeMicroseconds =
    std::is_integral_v<typename Duration::rep> && std::is_convertible_v<Duration, std::chrono::microseconds>;

template <WholeMicroseconds Duration> constexpr Wide micros_of(Duration duration) {
  return Wide{duration.count()} * std::ratio_divide<typename Duration::period, std::micro>::num;
}

}  // namespace detail

/// Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted; years 0001 to 9999.
struct Timestamp {
  std::int64_t micros = 0;

  constexpr Timestamp() = default;
  constexpr explicit Timestamp(std::int64_t micros_since_epoch) : micros{micros_since_epoch} {}
  /// A fraction of a microsecond is cut off, towards the past.
  template <class Duration>
  constexpr explicit Timestamp(std::chrono::sys_time<Duration> time)
      : micros{std::chrono::floor<std::chrono::microseconds>(time).time_since_epoch().count()} {}

  /// The time as a std::chrono::time_point; std::chrono::floor<std::chrono::days>(…) makes a date of it.
  [[nodiscard]] constexpr std::chrono::sys_time<std::chrono::microseconds> to_sys() const {
    return std::chrono::sys_time<std::chrono::microseconds>{std::chrono::microseconds{micros}};
  }

  /// Reads RFC 3339 ("2026-01-27T10:30:00.25+01:00"), also with an offset like +0100; digits past the microsecond are
  /// cut off. A time without an offset is in `zone`, which is read only during the call; without a zone it is refused.
  /// Errors: invalid_argument, naming what is wrong; as Zone::offset_at.
  static Result<Timestamp> parse(std::string_view text, const Zone* zone = nullptr);
  /// Reads an offset from UTC: Z, or like +01:00. Errors: invalid_argument.
  static Result<std::chrono::minutes> parse_zone(std::string_view text);

  /// RFC 3339 in UTC, always with six digits of a second: 27 characters that sort as text like the moments do.
  [[nodiscard]] std::string to_string() const;
  /// "2026-01-27".
  [[nodiscard]] std::string date() const;
  /// Hour of the UTC day, 0 to 23.
  [[nodiscard]] std::int32_t hour() const;
  [[nodiscard]] Timestamp start_of_hour() const;
  [[nodiscard]] Timestamp start_of_day() const;
  [[nodiscard]] constexpr Timestamp plus_seconds(std::int64_t seconds) const {
    return *this + std::chrono::seconds{seconds};
  }

  /// `t + 5min`, `t - 24h`. A sum that 64 bits cannot hold stops at their limit, which no event or document accepts.
  template <detail::WholeMicroseconds Duration> friend constexpr Timestamp operator+(Timestamp time, Duration by) {
    return Timestamp{detail::saturated(time.micros + detail::micros_of(by))};
  }
  template <detail::WholeMicroseconds Duration> friend constexpr Timestamp operator+(Duration by, Timestamp time) {
    return time + by;
  }
  template <detail::WholeMicroseconds Duration> friend constexpr Timestamp operator-(Timestamp time, Duration by) {
    return Timestamp{detail::saturated(time.micros - detail::micros_of(by))};
  }
  template <detail::WholeMicroseconds Duration> constexpr Timestamp& operator+=(Duration by) {
    return *this = *this + by;
  }
  template <detail::WholeMicroseconds Duration> constexpr Timestamp& operator-=(Duration by) {
    return *this = *this - by;
  }
  /// How long after `b` the moment `a` is; negative where `a` comes first. Stops at the limit of 64 bits.
  friend constexpr std::chrono::microseconds operator-(Timestamp a, Timestamp b) {
    return std::chrono::microseconds{detail::saturated(detail::Wide{a.micros} - b.micros)};
  }

  friend constexpr auto operator<=>(Timestamp, Timestamp) = default;
};

}  // namespace v1
}  // namespace eventstore
