// The checker itself, on small made-up trees.
#include <catch2/catch.hpp>

#include "includes.hpp"

namespace house_test {

namespace {

using house::House;
using house::Tree;
using Lines = std::vector<std::string>;

const char* const table = R"(
# a comment
floor low | the words | include/low src/low
floor log | streams
  room contract | no engine | include/log
  room files | the files | src/log/files
  room memory | an engine | include/log/memory.hpp src/log/memory
  room writer | appends | src/log/writer
floor faces | print
  room cli | commands | src/cli
  room server | network | src/server
floor domain | what is decided | aggregates
apart faces/cli faces/server
keep faces from log/memory
keep domain from faces
each domain: events.hpp state.hpp
)";

Lines checked(const Tree& tree, const std::string& more = {}) {
  const auto made = house::read_house(table + more);
  REQUIRE(made.mistakes.empty());
  return house::violations(made, tree);
}

}  // namespace

SCENARIO("what stands below may be included", "[house]") {
  CHECK(checked({{"include/low/a.hpp", ""},
                 {"src/low/a.cpp", "#include <low/a.hpp>\n"},
                 {"include/log/log.hpp", "#include <low/a.hpp>\n#include <vector>\n"},
                 {"src/log/writer/w.cpp", "#include <log/log.hpp>\n#include \"../files/f.hpp\"\n"},
                 {"src/log/files/f.hpp", "#include \"g.hpp\"\n"},
                 {"src/log/files/g.hpp", ""},
                 {"src/cli/main.cpp", "#include <log/log.hpp>\n"}})
            .empty());
}

SCENARIO("an include that goes upward is told with its file, line and name", "[house]") {
  const auto found =
      checked({{"include/low/a.hpp", "#pragma once\n\n  #  include <log/log.hpp>\n"}, {"include/log/log.hpp", ""}});
  CHECK(found == Lines{"include/low/a.hpp:3: includes log/log.hpp: low stands below log/contract and may not include "
                       "upward"});
}

SCENARIO("an include that goes upward between the rooms of a floor is told", "[house]") {
  const auto found = checked({{"src/log/files/f.cpp", "#include \"../writer/w.hpp\"\n"}, {"src/log/writer/w.hpp", ""}});
  CHECK(found == Lines{"src/log/files/f.cpp:1: includes ../writer/w.hpp: log/files stands below log/writer and may not "
                       "include upward"});
}

SCENARIO("rooms that stand apart include each other in neither direction", "[house]") {
  const auto found = checked(
      {{"src/cli/c.hpp", "#include \"../server/s.hpp\"\n"}, {"src/server/s.hpp", "#include \"../cli/c.hpp\"\n"}});
  CHECK(found == Lines{"src/cli/c.hpp:1: includes ../server/s.hpp: faces/cli stands below faces/server and may not "
                       "include upward",
                       "src/server/s.hpp:1: includes ../cli/c.hpp: faces/server is to know nothing of faces/cli"});
}

SCENARIO("what a room is kept from may not be included, though it stands below", "[house]") {
  CHECK(checked({{"src/cli/c.cpp", "#include <log/memory.hpp>\n"}, {"include/log/memory.hpp", ""}}) ==
        Lines{"src/cli/c.cpp:1: includes log/memory.hpp: faces/cli is to know nothing of log/memory"});
  CHECK(checked({{"aggregates/a/a.cpp", "#include \"../../src/cli/c.hpp\"\n"}, {"src/cli/c.hpp", ""}}) ==
        Lines{"aggregates/a/a.cpp:1: includes ../../src/cli/c.hpp: domain is to know nothing of faces/cli"});
}

SCENARIO("the compiled part of a floor is private to it", "[house]") {
  CHECK(checked({{"src/cli/c.cpp", "#include \"../log/files/f.hpp\"\n"}, {"src/log/files/f.hpp", ""}}) ==
        Lines{"src/cli/c.cpp:1: includes ../log/files/f.hpp: what stands in src/ is private to log"});
}

SCENARIO("a folder of the domain shows another its events and its state alone", "[house]") {
  const Tree tree{{"aggregates/a/decide.cpp", "#include <aggregates/b/state.hpp>\n#include <aggregates/b/b.hpp>\n"},
                  {"aggregates/b/state.hpp", ""},
                  {"aggregates/b/b.hpp", ""}};
  CHECK(checked(tree) == Lines{"aggregates/a/decide.cpp:2: includes aggregates/b/b.hpp: of another folder of domain/ a "
                               "file includes events.hpp and state.hpp alone"});
}

SCENARIO("folders of the domain that include each other in a circle are told", "[house]") {
  const auto found = checked({{"aggregates/a/state.hpp", "#include <aggregates/b/events.hpp>\n"},
                              {"aggregates/b/events.hpp", ""},
                              {"aggregates/b/state.hpp", "\n#include <aggregates/a/state.hpp>\n"}});
  CHECK(found ==
        Lines{"a circle: aggregates/a/state.hpp:1: includes aggregates/b/events.hpp, aggregates/b/state.hpp:2: "
              "includes aggregates/a/state.hpp"});
}

SCENARIO("a file that stands in no room is told", "[house]") {
  CHECK(checked({{"src/new/n.cpp", ""}}) ==
        Lines{"src/new/n.cpp: it stands in no room: give it a place in tests/house/house.txt"});
}

SCENARIO("an include that is allowed by name is not told", "[house]") {
  const Tree tree{{"include/low/a.hpp", "#include <log/log.hpp>\n"}, {"include/log/log.hpp", ""}};
  CHECK(checked(tree, "allow include/low/a.hpp include/log/log.hpp | for a while\n").empty());
}

SCENARIO("what stands in a comment is no include", "[house]") {
  CHECK(checked({{"include/low/a.hpp", "// #include <log/log.hpp>\n"}, {"include/log/log.hpp", ""}}).empty());
}

SCENARIO("a line of the table that cannot be read is a mistake", "[house]") {
  CHECK(house::read_house("floor\n").mistakes.size() == 1);
  CHECK(house::read_house("room x | text | path\n").mistakes.size() == 1);
  CHECK(house::read_house("floor a | text | a\nkeep a from b\n").mistakes.size() == 1);
  CHECK(house::read_house("wall a\n").mistakes.size() == 1);
}

}  // namespace house_test
