#include "tree.hpp"

#include <algorithm>

namespace eventstore::terminal {
namespace {

constexpr std::size_t shown_depth_max = 24;

// `goes_on` tells for each depth whether a later line belongs to the same branch.
std::string branches(std::size_t depth, const std::vector<bool>& goes_on) {
  const auto shown = std::min(depth, shown_depth_max);
  std::string text;
  for (std::size_t level = 1; level < shown; ++level) text += level < goes_on.size() && goes_on[level] ? "│  " : "   ";
  if (shown > 0) text += shown < goes_on.size() && goes_on[shown] ? "├─ " : "└─ ";
  return depth > shown ? text + std::to_string(depth) + ": " : text;
}

}  // namespace

std::vector<std::string> tree_of(const std::vector<TreeLine>& lines) {
  std::vector<std::string> shown(lines.size());
  std::vector<bool> goes_on;
  for (auto i = lines.size(); i-- > 0;) {
    const auto& [depth, text] = lines[i];
    shown[i] = branches(depth, goes_on) + text;
    goes_on.resize(std::min(depth, shown_depth_max) + 1);
    goes_on.back() = true;
  }
  return shown;
}

}  // namespace eventstore::terminal
