#pragma once
// Private to history: the values that a predicate compares and adds.
#include <compare>
#include <cstdint>
#include <eventstore/core/detail/saturating.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/uuid.hpp>
#include <optional>
#include <string_view>

namespace eventstore {
inline namespace v1 {
namespace predicate {

using detail::Wide;

enum class Form : std::uint8_t { missing, boolean, integer, number, text, time, duration, uuid };

/// Lifetime: the text's.
struct Scalar {
  Form form = Form::missing;
  bool reads_as_time = false;  ///< a literal text that is a time too, `whole`, where the other side is one
  Wide whole{};                ///< of integers; nanoseconds of times and durations; 0 or 1; the octets of a UUID
  double real = 0;
  std::string_view text{};

  static Scalar of(bool value);
  static Scalar of(Wide integer);
  static Scalar of(double number);
  static Scalar of(std::string_view text);
  static Scalar of(Timestamp time);
  static Scalar of(const Uuid& uuid);
  /// `count` of a unit of so many nanoseconds.
  static Scalar duration(Wide count, Wide unit);

  [[nodiscard]] bool is_true() const { return form == Form::boolean && whole != 0; }
};

/// A time that is written as RFC 3339, or the start of a day in UTC, "2026-01-27"; missing where `text` is none.
[[nodiscard]] Scalar time_of(std::string_view text);

/// Integers and numbers by their exact values, text by its bytes; a text is compared with a time as the time that it
/// reads as, and with a UUID likewise; UUIDs by their octets, which is the order of their texts. Absent: one is
/// missing, or they are of different forms. NaN is unordered.
[[nodiscard]] std::optional<std::partial_ordering> compare(const Scalar& a, const Scalar& b);

/// a + b, or a - b: of numbers, of durations, of a time and a duration; the difference of two times is a duration. A
/// text is taken as the time that it reads as. Missing where there is no such sum, or 128 bits cannot hold it.
[[nodiscard]] Scalar sum(Scalar a, Scalar b, bool negative);

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
