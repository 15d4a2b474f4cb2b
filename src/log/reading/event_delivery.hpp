#pragma once
// Hands events out one after another, and fetches the next ones into the cache at the same time.
#include <optional>

#include "view.hpp"

namespace eventstore::engine {

/// The progress of a delivery. `error` is set if an event could not be read.
struct Delivered {
  std::size_t count = 0;  ///< events handed out or withheld
  bool is_stopped = false;
  std::optional<Error> error{};
};

/// Hands out the events at `locations` in their order, until the visitor stops or one cannot be read. A location of 0
/// is an event that was lost to damage.
Delivered deliver(const View& view, std::span<const format::Location> locations, Visitor visitor);

}  // namespace eventstore::engine
