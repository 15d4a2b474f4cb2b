#pragma once
// The lives that are lived whenever the tests run: few of all, and spread, so that each safeguard that is missing
// shows.
#include "power_run.hpp"
#include "threads_life.hpp"

#include <cstdint>

namespace eventstore::power {

struct SliceOutcome {
  std::uint64_t cuts = 0;
  std::string last_life;  ///< the options of power_cuts that live it again
  std::string broken;     ///< the promise that was broken there; empty where all were kept
};

enum class Slice : std::uint8_t {
  spread,   ///< some cuts of many seeds
  whole,    ///< all cuts of some
  early,    ///< the first cuts of others, while the store is made, and lives that noticed what few others do
  threads,  ///< lives with several threads
};
inline constexpr Slice all_slices[] = {Slice::spread, Slice::whole, Slice::early, Slice::threads};

/// Lives one slice, and ends at the first promise that is broken. Only one in `every` of its seeds is lived.
SliceOutcome live_slice(Slice which, std::uint64_t every = 1);

}  // namespace eventstore::power
