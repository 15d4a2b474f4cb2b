#pragma once
// A word in shared memory on which threads of any process wait.
#include <chrono>
#include <cstdint>

namespace eventstore::inline v1 {

/// Returns when someone calls wake_all on `word`, when it no longer holds `seen`, or after `patience`; sometimes
/// earlier.
void wait_on(const std::uint32_t& word, std::uint32_t seen, std::chrono::milliseconds patience);
/// Wakes all who wait on `word`, in any process.
void wake_all(const std::uint32_t& word);

}  // namespace eventstore::inline v1
