#include <eventstore/os/clock.hpp>

#include <ctime>

namespace eventstore {
inline namespace v1 {

Timestamp SystemClock::now() const {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return Timestamp{std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count()};
}

std::optional<std::chrono::microseconds> SystemClock::elapsed() const {
  timespec time{};
  if (::clock_gettime(CLOCK_BOOTTIME, &time) != 0) return std::nullopt;
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::seconds{time.tv_sec} +
                                                               std::chrono::nanoseconds{time.tv_nsec});
}

}  // namespace v1
}  // namespace eventstore
