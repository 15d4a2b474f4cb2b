#pragma once
// A word in memory on which threads wait.
#include <chrono>
#include <cstdint>

namespace eventstore {
inline namespace v1 {

/// The threads that wait on a word: those of this process, or those of every process that maps the word.
enum class WaitScope : std::uint8_t { process, machine };

/// Returns when another thread wakes those that wait on `word`, when `word` no longer holds `seen`, or after
/// `patience`; sometimes earlier.
void wait_on(const std::uint32_t& word, std::uint32_t seen, std::chrono::milliseconds patience, WaitScope scope);
/// Wakes all threads that wait on `word`.
void wake_all(const std::uint32_t& word, WaitScope scope);
/// Wakes one of these threads.
void wake_one(const std::uint32_t& word, WaitScope scope);

}  // namespace v1
}  // namespace eventstore
