#pragma once
// A word in memory on which threads wait.
#include <chrono>
#include <cstdint>

namespace eventstore {
inline namespace v1 {

/// Who waits on a word: threads of this process, or of any that maps it.
enum class WaitScope : std::uint8_t { process, machine };

/// Returns when someone wakes who waits on `word`, when it no longer holds `seen`, or after `patience`; sometimes
/// earlier.
void wait_on(const std::uint32_t& word, std::uint32_t seen, std::chrono::milliseconds patience, WaitScope scope);
/// Wakes all who wait on `word`.
void wake_all(const std::uint32_t& word, WaitScope scope);
/// Wakes one of them.
void wake_one(const std::uint32_t& word, WaitScope scope);

}  // namespace v1
}  // namespace eventstore
