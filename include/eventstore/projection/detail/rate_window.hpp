#pragma once
// How many events a second a worker passes, measured over the last seconds.
#include <eventstore/core/ordinal.hpp>
#include <eventstore/core/timestamp.hpp>
#include <optional>

namespace eventstore {
inline namespace v1 {

/// Threads: one at a time.
class RateWindow {
 public:
  /// Measures from here on.
  RateWindow(Timestamp now, Position at) : begun_{now}, last_{now}, from_{at} {}

  /// The worker has come to `at`. Gives the events a second since the window began, which is up to ten seconds ago;
  /// absent within the first second, and after a clock or a position that went back or a minute in which nothing
  /// came: then a new window begins.
  std::optional<double> reached(Timestamp now, Position at) {
    if (at < from_ || now < last_ || now.micros - last_.micros > idle_max) {
      begun_ = now;
      from_ = at;
      rate_.reset();
    }
    last_ = now;
    const auto passed = now.micros - begun_.micros;
    if (passed < shortest) return rate_;
    rate_ = static_cast<double>(at.value - from_.value) * 1e6 / static_cast<double>(passed);
    if (passed >= longest) {
      begun_ = now;
      from_ = at;
    }
    return rate_;
  }

 private:
  static constexpr std::int64_t shortest = 1'000'000;
  static constexpr std::int64_t longest = 10'000'000;
  static constexpr std::int64_t idle_max = 60'000'000;

  Timestamp begun_;
  Timestamp last_;
  Position from_;
  std::optional<double> rate_{};
};

}  // namespace v1
}  // namespace eventstore
