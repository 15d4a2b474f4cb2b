#pragma once
// A moment in UTC, to the microsecond.
#include <compare>
#include <cstdint>
#include <eventstore/core/result.hpp>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted; years 0001 to 9999.
struct Timestamp {
  std::int64_t micros = 0;

  constexpr Timestamp() = default;
  constexpr explicit Timestamp(std::int64_t micros_since_epoch) : micros{micros_since_epoch} {}

  /// Reads RFC 3339 ("2026-01-27T10:30:00.25+01:00"); digits past the microsecond are cut off.
  /// Errors: invalid_argument, naming what is wrong.
  static Result<Timestamp> parse(std::string_view text);

  /// RFC 3339 in UTC; the fraction, six digits, only where it is not zero.
  [[nodiscard]] std::string to_string() const;
  /// RFC 3339 in UTC with all six digits of the fraction: 27 characters that sort as text like the moments do.
  [[nodiscard]] std::string to_sortable_string() const;
  /// "2026-01-27".
  [[nodiscard]] std::string date() const;
  /// Hour of the UTC day, 0 to 23.
  [[nodiscard]] std::int32_t hour() const;
  [[nodiscard]] Timestamp start_of_hour() const;
  [[nodiscard]] Timestamp start_of_day() const;
  [[nodiscard]] Timestamp plus_seconds(std::int64_t seconds) const { return Timestamp{micros + seconds * 1'000'000}; }

  friend constexpr auto operator<=>(Timestamp, Timestamp) = default;
};

}  // namespace v1
}  // namespace eventstore
