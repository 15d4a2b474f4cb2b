#pragma once
#include <cstdint>

namespace eventstore::power {

/// One in so many lives is lived. Sanitizers slow a life down tenfold; they look for what goes wrong in memory, and
/// fewer lives show it.
#ifdef EVENTSTORE_SANITIZED
inline constexpr std::uint64_t every = 8;
#else
inline constexpr std::uint64_t every = 1;
#endif

}  // namespace eventstore::power
