#pragma once
// A new store's id.
#include <eventstore/os/clock.hpp>
#include <random>

namespace eventstore::engine {

inline Uuid random_id(const Clock& clock) {
  std::random_device random;
  const auto word = [&] { return static_cast<std::uint64_t>(random()) << 32 | random(); };
  const auto high = word();
  return Uuid::v7(clock.now(), high, word());
}

}  // namespace eventstore::engine
