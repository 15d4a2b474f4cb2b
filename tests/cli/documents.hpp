#pragma once
// All that a store's collections hold, to compare it with that of another store or of another time.
#include "shell.hpp"

namespace eventstore::cli_test {

/// The names of the collections, in the program's order.
std::vector<std::string> collections(const Shell& shell);
/// Every document of every collection with all its columns, without the numbers of rows, and the digest that the
/// collection keeps of them.
std::vector<std::string> documents(const Shell& shell);
/// The first document that one of them has and the other has not; empty where they are the same.
std::string difference(const std::vector<std::string>& found, const std::vector<std::string>& expected);
/// Removes the files of the collections.
void lose_collections(const Shell& shell);

}  // namespace eventstore::cli_test
