#pragma once
// The known damage of the log.
#include <atomic>
#include <eventstore/core/error.hpp>
#include <eventstore/os/detail/threads.hpp>
#include <optional>
#include <vector>

#include "format.hpp"

namespace eventstore::engine {

/// A stretch of positions whose events cannot be read, and the reason.
struct Damage {
  Position first{};
  Position last{};
  format::Location location{};
  Error error;
};

/// Threads: every member from any thread. Cost: one load where there is no damage.
class DamageList {
 public:
  /// Adds new damage; passes over known damage.
  void add(Damage damage);

  [[nodiscard]] bool is_empty() const { return !is_any_.load(std::memory_order_acquire); }
  /// The damage with the lowest place.
  [[nodiscard]] std::optional<Error> first() const;
  [[nodiscard]] std::optional<Error> at(Position position) const;
  /// Damage that may hold events of a stream whose last known event stands at `last`; absent if the stream's end is
  /// known.
  [[nodiscard]] std::optional<Error> past(format::Location last) const;

 private:
  std::atomic<bool> is_any_{false};
  mutable Mutex mutex_;
  std::vector<Damage> damages_;  // by location
};

}  // namespace eventstore::engine
