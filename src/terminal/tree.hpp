#pragma once
// Private to the faces: a tree for a person.
#include <cstddef>
#include <string>
#include <vector>

namespace eventstore::terminal {

struct TreeLine {
  std::size_t depth;  ///< 0: a root; at most one more than that of the line before
  std::string text;   ///< as it is to be shown: colours are in it already
};

/// The lines in their order, with the branches of the tree before them. Where a tree is deeper than a screen is wide,
/// the depth stands as a number there, and the lines go no further to the right.
std::vector<std::string> tree_of(const std::vector<TreeLine>& lines);

}  // namespace eventstore::terminal
