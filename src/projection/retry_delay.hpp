#pragma once
// Private to projection: how long to wait before an action is tried again.
#include <eventstore/aggregate/random.hpp>

#include <algorithm>
#include <chrono>

namespace eventstore {
inline namespace v1 {

/// `first`, doubled for each failed try after the first one, at most `most`, and shortened by up to half by chance.
inline std::chrono::microseconds retry_delay(unsigned failed_tries, std::chrono::milliseconds first,
                                             std::chrono::milliseconds most, Random& random) {
  auto delay = std::min(first, most);
  for (unsigned tries = 1; tries < failed_tries && delay < most; ++tries) delay = std::min(delay * 2, most);
  const auto micros = std::chrono::microseconds{delay}.count();
  return std::chrono::microseconds{micros -
                                   static_cast<std::int64_t>(random.fraction() * static_cast<double>(micros) / 2)};
}

}  // namespace v1
}  // namespace eventstore
