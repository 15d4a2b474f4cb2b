#pragma once
// How a worker bears faults that pass by themselves: a target that is busy, full or out of reach.
#include <chrono>
#include <cstdint>
#include <functional>
#include <stop_token>

namespace eventstore {
inline namespace v1 {

struct RetryOptions {
  std::size_t retries_max = 3;            ///< one after the other; then the projection is `waiting`
  std::chrono::milliseconds delay{1000};  ///< before the first retry; it doubles with each, up to a minute
  /// Gives 0 up to 1: each delay is between half of it and the whole, so that workers that failed together do not come
  /// back together. Called from the thread that runs. Empty: a generator of the worker's own.
  std::function<double()> random{};
  /// Returns when the time is over or the token is stopped. Called from the thread that runs. Empty: sleeps.
  std::function<void(std::chrono::milliseconds, const std::stop_token&)> wait{};
};

}  // namespace v1
}  // namespace eventstore
