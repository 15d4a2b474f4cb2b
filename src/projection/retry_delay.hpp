#pragma once
// Private to projection: how long to wait before something is tried again.
#include <algorithm>
#include <chrono>
#include <cstdint>

namespace eventstore {
inline namespace v1 {

/// `first`, doubled for each failed try after the first one, at most `most`, and shortened by up to half: `chance` is 0
/// to 1.
inline std::chrono::microseconds retry_delay(std::size_t failed_tries, std::chrono::milliseconds first,
                                             std::chrono::milliseconds most, double chance) {
  auto delay = std::min(first, most);
  for (std::size_t tries = 1; tries < failed_tries && delay < most; ++tries) delay = std::min(delay * 2, most);
  const auto micros = std::chrono::microseconds{delay}.count();
  return std::chrono::microseconds{micros - static_cast<std::int64_t>(chance * static_cast<double>(micros) / 2)};
}

}  // namespace v1
}  // namespace eventstore
