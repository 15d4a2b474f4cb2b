#pragma once
// One simulated life of a store that several threads and processes use at once, under a schedule that a seed decides:
// two writers in turn, each with threads that append and threads that close, and readers who come at any moment.
#include <cstdint>
#include <string>

namespace eventstore::power {

struct ThreadsOutcome {
  std::string broken;       ///< the promise that was broken; empty where all were kept
  std::uint64_t turns = 0;  ///< that threads were given
  std::uint64_t trace = 0;  ///< of the disk, as SimulatedDisk::trace
};

/// The same seed does the same every time. Checks while it runs, and what is left after a power cut or the end of all
/// programs. If the threads wait for each other for ever, the process ends, as ThreadSchedule says.
ThreadsOutcome live_with_threads(std::uint64_t seed);

}  // namespace eventstore::power
