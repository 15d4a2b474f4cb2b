// The project, held against its own table.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "includes.hpp"
#include "picture.hpp"

namespace project_test {

namespace {

const std::string root = EVENTSTORE_ROOT;

std::string contents(const std::string& path) {
  std::ifstream file{root + "/" + path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

house::House project_house() { return house::read_house(contents("tests/house/house.txt")); }

}  // namespace

SCENARIO("nothing in the product includes what the house forbids it", "[house]") {
  const auto house = project_house();
  REQUIRE(house.mistakes.empty());
  const auto tree = house::read_product(root);
  REQUIRE(tree.size() > 200);
  REQUIRE(house::includes_of(tree).size() > 500);
  std::string told;
  for (const auto& line : house::violations(house, tree)) told += line + "\n";
  INFO(told);
  CHECK(told.empty());
}

SCENARIO("a forbidden include in the product itself would be noticed", "[house]") {
  const auto house = project_house();
  auto tree = house::read_product(root);
  const auto before = house::violations(house, tree).size();
  tree["src/log/bytes/format.cpp"] += "\n#include \"../writer/appender.hpp\"\n";
  tree["include/eventstore/core/error.hpp"] += "\n#include <eventstore/log/event.hpp>\n";
  CHECK(house::violations(house, tree).size() == before + 2);
}

SCENARIO("the picture of the house in the document is that of the table", "[house]") {
  const auto document = contents("docs/inside/architecture.md");
  INFO("docs/inside/architecture.md is out of date: run tests/house/draw_house of your build folder");
  CHECK(house::with_picture(document, project_house()) == document);
}

SCENARIO("the log's threads, locks and waits are those that a test can schedule", "[house]") {
  std::string told;
  for (const auto& [path, text] : house::read_product(root)) {
    if (!path.starts_with("src/log/")) continue;
    for (const auto* const word : {"std::mutex", "std::shared_mutex", "std::thread", "std::jthread",
                                   "std::condition_variable", "std::this_thread", "steady_clock"})
      if (text.find(word) != std::string::npos) told += path + " has " + word + "\n";
  }
  INFO(told << "use eventstore/os/detail/threads.hpp");
  CHECK(told.empty());
}

}  // namespace project_test
