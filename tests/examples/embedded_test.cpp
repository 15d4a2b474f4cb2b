#include <cli/shell.hpp>

using namespace eventstore::cli_test;

TEST_CASE("a program keeps its events in a store of its own", "[embedded]") {
  const Shell shell;
  const auto first = run(EVENTSTORE_EMBEDDED, {shell.store()});
  CHECK(first.err.empty());
  CHECK(first.exit_code == 0);
  const auto lines = lines_of(first.out);
  REQUIRE(lines.size() == 5);
  CHECK(lines[0] == "set 19.5: done");
  CHECK(lines[1] == "set 21.0: done");
  CHECK_THAT(lines[2], Catch::StartsWith("set 40.0: refused") && Catch::Contains("a target is from 5 to 30 degrees"));
  CHECK_THAT(lines[3], Catch::StartsWith(R"(now: {"room":"attic","celsius":21)"));
  CHECK_THAT(lines[3], Catch::Contains(R"(at version 1: {"room":"attic","celsius":0)"));
  CHECK_THAT(lines[4], Catch::Contains(R"("room":"attic","celsius":21)"));
}

TEST_CASE("the program goes on with its store where it was", "[embedded]") {
  const Shell shell;
  (void)run(EVENTSTORE_EMBEDDED, {shell.store()});
  const auto second = run(EVENTSTORE_EMBEDDED, {shell.store()});
  CHECK(second.exit_code == 0);
  CHECK(second.err.empty());
  CHECK_THAT(second.out, Catch::Contains("set 19.5: done"));
  // The account's program reads the thermostat's store too: its events carry their own description.
  CHECK(values(shell.result({"export"}), "event_type") ==
        std::vector<std::string>{"ThermostatInstalled", "TargetSet", "TargetSet", "TargetSet", "TargetSet"});
}
