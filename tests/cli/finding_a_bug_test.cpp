// docs/finding-a-bug.md tells a story in commands. Each command is run again here, on a terminal, and must print what
// the page says that it prints.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "shell.hpp"

namespace finding_a_bug_test {

using namespace eventstore::cli_test;

namespace {

const std::string docs = EVENTSTORE_DOCS;

std::string without_returns(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
  return text;
}

// A person's terminal of 100 columns, without colours and without a pager, in a folder with the story's file.
class Terminal {
 public:
  Terminal() {
    std::filesystem::create_symlink(EVENTSTORE_PROGRAM, shell_.file("eventstore"));
    std::filesystem::copy(docs + "/finding-a-bug", shell_.file(""));
    begin_ = "cd '" + shell_.file("") + "'; export PATH=\"$PWD:$PATH\" EVENTSTORE_DIR=store NO_COLOR=1 PAGER=cat; ";
  }

  [[nodiscard]] std::string run(const std::string& command) const {
    const auto outcome = Program{"/bin/sh", {"-c", begin_ + command}, End::terminal, End::pipe}.finish();
    return without_returns(outcome.out) + outcome.err;
  }

 private:
  Shell shell_;
  std::string begin_;
};

// The page as it is printed today: blocks marked `console` have lines "$ COMMAND", each followed by what it prints.
std::string printed_again(const std::string& page) {
  const Terminal terminal;
  std::string fresh;
  bool in_console = false;
  for (const auto& line : lines_of(page)) {
    const bool is_fence = line.starts_with("```");
    if (is_fence) in_console = line == "```console";
    const bool is_command = in_console && line.starts_with("$ ");
    if (!in_console || is_fence || is_command) fresh += line + '\n';
    if (is_command) fresh += terminal.run(line.substr(2));
  }
  return fresh;
}

}  // namespace

TEST_CASE("the story of a bug prints today what its page says", "[docs]") {
  std::ostringstream page;
  page << std::ifstream{docs + "/finding-a-bug.md"}.rdbuf();
  REQUIRE(count_lines(page.str()) > 50);
  const auto fresh = printed_again(page.str());
  const auto* const rewrite = std::getenv("EVENTSTORE_WRITE_PAGES");
  if (rewrite != nullptr) std::ofstream{docs + "/finding-a-bug.md"} << fresh;
  INFO("run the test again with EVENTSTORE_WRITE_PAGES=1 to write the page anew, then read it");
  CHECK(lines_of(page.str()) == lines_of(fresh));
}

}  // namespace finding_a_bug_test
