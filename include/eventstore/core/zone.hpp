#pragma once
// How far ahead of UTC the clocks of a place are: for times that do not say it, and for the days of a place.
#include <chrono>
#include <eventstore/core/result.hpp>
#include <eventstore/core/timestamp.hpp>

namespace eventstore {
inline namespace v1 {

/// Gives a local time its place in UTC, and the other way round. Threads: any.
class Zone {
 public:
  virtual ~Zone() = default;
  /// How far ahead of UTC the clocks are when they show `local`. Errors: invalid_argument where they show it twice or
  /// never; Error::detail says what to write instead, to stand behind the time.
  [[nodiscard]] virtual Result<std::chrono::seconds> offset_at(std::chrono::local_seconds local) const = 0;
  /// How far ahead of UTC the clocks are at `moment`.
  [[nodiscard]] virtual std::chrono::seconds offset_at(Timestamp moment) const = 0;
  /// The date that the clocks show at `moment`.
  [[nodiscard]] std::chrono::local_days date_of(Timestamp moment) const;

 protected:
  Zone() = default;
  Zone(const Zone&) = default;
  Zone& operator=(const Zone&) = default;
};

/// A zone whose clocks are never set forward or back.
class FixedOffset final : public Zone {
 public:
  explicit FixedOffset(std::chrono::seconds ahead_of_utc) : offset_{ahead_of_utc} {}
  [[nodiscard]] Result<std::chrono::seconds> offset_at(std::chrono::local_seconds) const override { return offset_; }
  [[nodiscard]] std::chrono::seconds offset_at(Timestamp) const override { return offset_; }

 private:
  std::chrono::seconds offset_;
};

/// The zone of UTC. Lifetime: the program's.
const Zone& utc_zone();

}  // namespace v1
}  // namespace eventstore
