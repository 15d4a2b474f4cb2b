#pragma once
// The includes of a tree of source files, held against the house.
#include <map>
#include <string>
#include <vector>

#include "house.hpp"

namespace house {

/// Source files by path, from the project's root.
using Tree = std::map<std::string, std::string>;

/// The C++ files in the folders that belong to the product.
Tree read_product(const std::string& root);

struct Include {
  std::string from;
  int line = 0;
  std::string written;  ///< as it stands between the quotation marks or brackets
  std::string to;       ///< the file of the tree
};

/// Every include of one file of the tree in another.
std::vector<Include> includes_of(const Tree& tree);

/// What is wrong, a line each: an include that the house forbids, with its file and line; a file that stands in no
/// room; rooms or folders that include each other in a circle.
std::vector<std::string> violations(const House& house, const Tree& tree);

}  // namespace house
