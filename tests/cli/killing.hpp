#pragma once
// Processes of the program that are killed at a random moment.
#include <cstdint>
#include <random>

#include "shell.hpp"

namespace eventstore::cli_test {

/// How many a test kills. EVENTSTORE_KILLS asks for more; scripts/interop/kills does.
int kills();

/// Starts the program and kills it within so many microseconds, unless it has come to its end before.
Outcome kill_within(std::uint64_t microseconds, std::mt19937_64& random, const Shell& shell, const Words& words);
/// Whether kill_within has killed it.
bool was_killed(const Outcome& outcome);

}  // namespace eventstore::cli_test
