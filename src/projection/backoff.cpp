#include <eventstore/aggregate/random.hpp>
#include <eventstore/projection/detail/backoff.hpp>

#include <algorithm>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <random>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::chrono::milliseconds delay_max{60'000};
constexpr std::size_t doublings_max = 16;  // by then any delay is the longest one

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
  const auto doublings = std::min(nth == 0 ? 0 : nth - 1, doublings_max);
  const auto whole = std::min(std::min(options_.delay, delay_max) * (std::int64_t{1} << doublings), delay_max);
  const auto share = 0.5 + std::clamp(options_.random(), 0.0, 1.0) / 2;
  return std::chrono::milliseconds{static_cast<std::int64_t>(static_cast<double>(whole.count()) * share)};
}

}  // namespace v1
}  // namespace eventstore
