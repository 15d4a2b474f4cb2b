#pragma once
// The delays between a worker's retries.
#include <eventstore/projection/retry.hpp>

namespace eventstore {
inline namespace v1 {

/// Threads: one at a time.
class Backoff {
 public:
  /// Fills what `options` leave empty.
  explicit Backoff(RetryOptions options);

  [[nodiscard]] std::size_t retries_max() const { return options_.retries_max; }
  /// Before the retry number `nth`, which is 1 first: between half of the doubled delay and the whole.
  [[nodiscard]] std::chrono::milliseconds delay(std::size_t nth);
  /// Returns when the time is over or `stop` is requested.
  void wait(std::chrono::milliseconds time, const std::stop_token& stop) const { options_.wait(time, stop); }

 private:
  RetryOptions options_;
};

}  // namespace v1
}  // namespace eventstore
