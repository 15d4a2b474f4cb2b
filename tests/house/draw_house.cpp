// Draws the picture of the house in docs/inside/architecture.md again, from tests/house/house.txt.
#include <fstream>
#include <iostream>
#include <iterator>

#include "picture.hpp"

namespace {

std::string contents(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

int main() {
  const std::string root = EVENTSTORE_ROOT;
  const auto path = root + "/docs/inside/architecture.md";
  const auto drawn = house::with_picture(contents(path), house::read_house(contents(root + "/tests/house/house.txt")));
  if (!drawn) {
    std::cerr << path << ": the marks <!-- house --> and <!-- end of house --> are missing\n";
    return 1;
  }
  std::ofstream{path, std::ios::binary} << *drawn;
  return 0;
}
