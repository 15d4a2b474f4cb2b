#pragma once
// Private to the use cases: counts that are left out if they are 0.
#include <cstdint>
#include <optional>

namespace eventstore::app {

/// Absent for 0, so that the field is left out.
inline std::optional<std::uint64_t> unless_zero(std::uint64_t count) {
  return count == 0 ? std::nullopt : std::optional{count};
}

}  // namespace eventstore::app
