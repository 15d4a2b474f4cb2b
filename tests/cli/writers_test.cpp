#include "shell.hpp"

namespace writers_test {

using namespace eventstore::cli_test;

SCENARIO("one process writes at a time, any number reads", "[writers]") {
  GIVEN("an import that waits for more lines") {
    const Shell shell;
    (void)shell.result({"import", "-"}, completed_delivery("d-1"));
    const auto writer = shell.start({"import", "-", "--report"});
    // More than it keeps back for one commit, so that its first report tells that it writes.
    for (int i = 0; i < 20'000; ++i) writer->write(scheduled("w-" + std::to_string(i)));
    REQUIRE(writer->line().has_value());
    WHEN("another process writes") {
      const auto outcome = shell.run({"append", "delivery-d-1"}, assigned("d-1", 5));
      THEN("it is told who writes, and nothing is changed") {
        require_complaint(
            outcome, 1,
            {"locked", shell.store(), "process", "wait until that process ends; reading is possible all the time"});
      }
    }
    WHEN("others read") {
      THEN("they see what is there") {
        CHECK(count_lines(shell.result({"read", "delivery-d-1"})) == 4);
        CHECK(value(shell.result({"state", "delivery-d-1"}), "status") == "completed");
        (void)shell.result({"project", "run"});
        CHECK(count_lines(shell.result({"query", "get_resource_history", "d-1", "--org", "org-1"})) == 4);
      }
    }
    writer->close_input();
    const auto outcome = writer->finish();
    CHECK(outcome.exit_code == 0);
    CHECK(value(lines_of(outcome.out).back(), "appended") == "20000");
  }
}

}  // namespace writers_test
