#pragma once
// Numbers by name, without zeros.
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace domain {

using Counts = std::map<std::string, std::int64_t>;

inline void count_up(Counts& counts, std::string_view name) { ++counts[std::string{name}]; }

inline void count_down(Counts& counts, std::string_view name) {
  const auto found = counts.find(std::string{name});
  if (found != counts.end() && --found->second <= 0) counts.erase(found);
}

}  // namespace domain
