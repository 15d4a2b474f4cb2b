#pragma once
// Sorts many names that begin alike, as those of streams do.
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace eventstore::engine {

/// The numbers of `names` in the byte order of the names. Eight bytes are compared at a time, as one number; names that
/// are equal there are compared by the next eight.
std::vector<std::uint32_t> name_order(std::span<const std::string_view> names);

}  // namespace eventstore::engine
