#pragma once
// Time is an input: code that needs the time is given a Clock.
#include <eventstore/core/timestamp.hpp>

namespace eventstore {
inline namespace v1 {

/// Threads: now() from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Timestamp now() const = 0;
};

/// The system's UTC clock.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Timestamp now() const override;
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
