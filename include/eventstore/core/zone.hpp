#pragma once
// How far ahead of UTC the clocks of a place are, for times that do not say it.
#include <chrono>
#include <eventstore/core/result.hpp>

namespace eventstore {
inline namespace v1 {

/// Gives a local time its place in UTC. Threads: any.
class Zone {
 public:
  virtual ~Zone() = default;
  /// How far ahead of UTC the clocks are when they show `local`. Errors: invalid_argument where they show it twice or
  /// never; Error::detail says what to write instead, to stand behind the time.
  [[nodiscard]] virtual Result<std::chrono::seconds> offset_at(std::chrono::local_seconds local) const = 0;

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

 private:
  std::chrono::seconds offset_;
};

}  // namespace v1
}  // namespace eventstore
