#include "documents.hpp"

#include <algorithm>

namespace eventstore::cli_test {

std::vector<std::string> collections(const Shell& shell) {
  return values(shell.result({"project", "status"}), "projection");
}

std::vector<std::string> documents(const Shell& shell) {
  std::vector<std::string> all;
  for (const auto& status : lines_of(shell.result({"project", "status"}))) {
    const auto table = value(status, "projection");
    all.push_back(table + " digest " + value(status, "digest"));
    const auto columns =
        sql(shell, "SELECT group_concat(name) FROM pragma_table_info('" + table + "') WHERE name <> '_row'");
    for (auto& row : sql(shell, "SELECT " + columns.at(0) + " FROM " + table + " ORDER BY _id"))
      all.push_back(table + ' ' + row);
  }
  return all;
}

std::string difference(const std::vector<std::string>& found, const std::vector<std::string>& expected) {
  const auto [a, b] = std::mismatch(found.begin(), found.end(), expected.begin(), expected.end());
  if (a == found.end() && b == expected.end()) return {};
  return "found " + (a == found.end() ? "the end" : *a) + " where there was " + (b == expected.end() ? "the end" : *b);
}

void lose_collections(const Shell& shell) {
  for (const auto* const end : {"", "-wal", "-shm"})
    std::filesystem::remove(shell.store() + "/collections.sqlite" + end);
}

}  // namespace eventstore::cli_test
