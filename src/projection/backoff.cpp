#include <eventstore/aggregate/random.hpp>
#include <eventstore/projection/detail/backoff.hpp>

#include "retry_delay.hpp"

#include <algorithm>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <random>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::chrono::milliseconds delay_max{60'000};

void sleep(std::chrono::milliseconds time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any ended;
  std::unique_lock lock{mutex};
  ended.wait_for(lock, stop, time, [] { return false; });
}

}  // namespace

Backoff::Backoff(RetryOptions options) : options_{std::move(options)} {
  if (!options_.wait) options_.wait = sleep;
  if (options_.random) return;
  options_.random = [random = std::make_shared<Random>(std::random_device{}())] { return random->fraction(); };
}

std::chrono::milliseconds Backoff::delay(std::size_t nth) {
  const double chance = 1 - std::clamp(options_.random(), 0.0, 1.0);
  return std::chrono::duration_cast<std::chrono::milliseconds>(retry_delay(nth, options_.delay, delay_max, chance));
}

}  // namespace v1
}  // namespace eventstore
