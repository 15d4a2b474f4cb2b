#include <eventstore/os/clock.hpp>

#include <chrono>

namespace eventstore {
inline namespace v1 {

Timestamp SystemClock::now() const {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return Timestamp{std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count()};
}

}  // namespace v1
}  // namespace eventstore
