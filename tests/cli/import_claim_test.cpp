#include "shell.hpp"

namespace import_claim_test {

using namespace eventstore::cli_test;

SCENARIO("a version that a line claims is checked", "[import]") {
  GIVEN("a delivery at version 2") {
    const Shell shell;
    (void)shell.result({"import", "-"}, scheduled("d-1") + assigned("d-1", 2));
    const auto before = shell.result({"export"});
    WHEN("a line claims version 4") {
      const auto outcome = shell.run({"import", "-"}, scheduled("d-2") + assigned("d-1", 4));
      THEN("it is a conflict that names line and versions, and what came before is kept") {
        require_complaint(outcome, 3,
                          {"wrong_version", "line 2", "delivery-d-1 is at version 2", "expected version 3"});
        CHECK(value(outcome.out, "appended") == "1");
        CHECK(shell.result({"export", "--to", "2"}) == before);
      }
    }
    WHEN("a corrected line claims the version of the one that it corrects") {
      const auto outcome = shell.run({"import", "-"}, assigned("d-1", 2, "agent-2"));
      THEN("it is a conflict, not silently there") {
        require_complaint(outcome, 3, {"line 1", "delivery-d-1"});
        CHECK(shell.result({"export"}) == before);
      }
    }
    WHEN("a corrected line claims no version") {
      const auto counts = shell.result({"import", "-"}, assigned("d-1", 0, "agent-2"));
      THEN("it is another event, and the stream is counted as unclaimed") {
        CHECK(value(counts, "appended") == "1");
        CHECK(value(counts, "unclaimed") == "1");
        CHECK(values(shell.result({"read", "delivery-d-1"}), "agent_id").back() == "agent-2");
      }
    }
    WHEN("the same event id comes with other content") {
      const auto id = values(before, "event_id").back();
      auto line = assigned("d-1", 3, "agent-7");
      line.insert(1, R"("event_id":")" + id + "\",");
      const auto outcome = shell.run({"import", "-"}, line);
      THEN("it is a conflict") {
        require_complaint(outcome, 3, {"line 1", "delivery-d-1"});
        CHECK(shell.result({"export"}) == before);
      }
    }
    WHEN("another organization writes to the stream") {
      const auto outcome =
          shell.run({"import", "-"}, scheduled("d-2", "org-2") + to_line({.version = 3, .organization = "org-2"}));
      THEN("it is refused by name, and what came before is kept") {
        require_complaint(outcome, 2, {"wrong_organization", "line 2", "delivery-d-1"});
        CHECK(value(outcome.out, "appended") == "1");
      }
    }
  }
}

TEST_CASE("a gap within the file stops before it", "[import]") {
  const Shell shell;
  const auto outcome = shell.run({"import", "-"}, scheduled("d-1") + assigned("d-1", 3) + scheduled("d-2"));
  require_complaint(outcome, 3, {"line 2", "delivery-d-1 is at version 1"});
  CHECK(values(shell.result({"export"}), "aggregate_id") == std::vector<std::string>{"d-1"});
}

TEST_CASE("a file that claims versions for a stream only now and then is taken as it is", "[import]") {
  const Shell shell;
  const auto text = scheduled("d-1") + assigned("d-1", 0) + assigned("d-1", 3, "agent-3") + assigned("d-1", 0);
  const auto counts = shell.result({"import", "-"}, text);
  CHECK(value(counts, "appended") == "4");
  CHECK(value(counts, "unclaimed") == "1");
  CHECK(value(shell.result({"import", "-"}, text), "already_there") == "4");
}

TEST_CASE("two corrections without a version count one stream as unclaimed", "[import]") {
  const Shell shell;
  const auto counts =
      shell.result({"import", "-"}, scheduled("d-1") + assigned("d-1", 0, "a") + assigned("d-1", 0, "b") +
                                        scheduled("d-2") + assigned("d-2", 0, "c"));
  CHECK(value(counts, "unclaimed") == "2");
}

}  // namespace import_claim_test
