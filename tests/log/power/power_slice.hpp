#pragma once
// The lives that are lived whenever the tests run: few of all, and spread, so that each safeguard that is missing
// shows.
#include "power_run.hpp"
#include "threads_life.hpp"

namespace eventstore::power {

struct SliceOutcome {
  std::uint64_t cuts = 0;
  std::string last_life;  ///< the options of power_cuts that live it again
  std::string broken;     ///< the promise that was broken there; empty where all were kept
};

/// Some cuts of many seeds, all cuts of some, the first cuts of others, and lives with several threads; ends at the
/// first promise that is broken.
/// Only one in `every` of these seeds is lived.
SliceOutcome live_slice(std::uint64_t every = 1);

}  // namespace eventstore::power
