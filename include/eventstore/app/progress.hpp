#pragma once
// The progress of a use case.
#include <cstdint>
#include <functional>

namespace eventstore::app {

struct Progress {
  std::uint64_t done = 0;  ///< in the unit of the use case: events, bytes
  double part = -1;        ///< of the whole, 0 to 1; below 0 if the whole is not known
};

/// Called now and then from the thread that works; it should be quick. May be empty.
using OnProgress = std::function<void(const Progress&)>;

}  // namespace eventstore::app
