#pragma once
// How often this process met a part of a mapped file that could not be read. Code that reads through maps compares the
// number before and after: if it has changed, what was read may have been zeros.
#include <atomic>
#include <cstdint>

namespace eventstore {
inline namespace v1 {
namespace detail {

extern std::atomic<std::uint64_t> mapping_failures_seen;

}  // namespace detail

/// Cost: one load. Threads: any.
inline std::uint64_t mapping_failures() { return detail::mapping_failures_seen.load(std::memory_order_acquire); }

}  // namespace v1
}  // namespace eventstore
