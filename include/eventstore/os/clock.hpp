#pragma once
// Time is an input: code that needs the time is given a Clock.
#include <chrono>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/zone.hpp>
#include <optional>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// Threads: every member from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Timestamp now() const = 0;
  /// The time since some fixed moment, which nobody can set; absent where the clock does not know it.
  [[nodiscard]] virtual std::optional<std::chrono::microseconds> elapsed() const { return std::nullopt; }
  /// In which the days of the organization begin: UTC, unless the clock knows better. Lifetime: the clock's.
  [[nodiscard]] virtual const Zone& zone([[maybe_unused]] std::string_view organization) const { return utc_zone(); }
};

/// The system's UTC clock. elapsed() counts from the start of the machine, also while it sleeps.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Timestamp now() const override;
  [[nodiscard]] std::optional<std::chrono::microseconds> elapsed() const override;
};

/// A clock that stands still until it is told.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Timestamp now) : now_{now} {}
  [[nodiscard]] Timestamp now() const override { return now_; }
  void set(Timestamp now) { now_ = now; }
  void advance_seconds(std::int64_t seconds) { now_ = now_.plus_seconds(seconds); }

 private:
  Timestamp now_;
};

}  // namespace v1
}  // namespace eventstore
