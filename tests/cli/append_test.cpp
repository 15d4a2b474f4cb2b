#include "shell.hpp"

namespace append_test {

using namespace eventstore::cli_test;

namespace {

const std::string agent_1 = R"({"event_type":"DeliveryAssigned","event_data":{"agent_id":"agent-1"}})"
                            "\n";
const std::string agent_2 = R"({"event_type":"DeliveryAssigned","event_data":{"agent_id":"agent-2"}})"
                            "\n";

}  // namespace

SCENARIO("a stale expectation changes nothing", "[append]") {
  GIVEN("a delivery at version 2") {
    const Shell shell;
    (void)shell.result({"append", "delivery-d-1"}, scheduled("d-1", "default") + agent_1);
    const auto before = shell.result({"export"});
    struct Stale {
      std::string stream, expected, says;
    };
    for (const auto& [stream, expected, says] :
         {Stale{"delivery-d-1", "1", "delivery-d-1 is at version 2, expected version 1"},
          Stale{"delivery-d-1", "3", "delivery-d-1 is at version 2, expected version 3"},
          Stale{"delivery-d-1", "none", "delivery-d-1 is at version 2, expected not to exist"},
          Stale{"delivery-d-9", "exists", "delivery-d-9 does not exist, expected to exist"},
          Stale{"delivery-d-9", "1", "delivery-d-9 does not exist, expected version 1"}}) {
      WHEN("a writer expects " + expected + " of " + stream) {
        const auto outcome = shell.run({"append", stream, "--expect", expected}, agent_2);
        THEN("it is told what is there and what to do") {
          CHECK(outcome.exit_code == 3);
          CHECK(outcome.out.empty());
          CHECK(outcome.err ==
                "eventstore: wrong_version: append; " + says + "; read the stream and try again with its version\n");
          CHECK(shell.result({"export"}) == before);
        }
      }
    }
  }
}

TEST_CASE("an expectation that holds lets the event in", "[append]") {
  const Shell shell;
  CHECK(shell.result({"append", "delivery-d-1", "--expect", "none"}, agent_1) ==
        R"({"stream":"delivery-d-1","events":1,"version":1,"position":1,"already_there":false})"
        "\n");
  CHECK(value(shell.result({"append", "delivery-d-1", "--expect", "1"}, agent_2), "version") == "2");
  CHECK(value(shell.result({"append", "delivery-d-1", "--expect", "exists"}, agent_1), "version") == "3");
  CHECK(value(shell.result({"append", "delivery-d-1", "--expect", "any"}, agent_2), "version") == "4");
  CHECK(value(shell.result({"append", "delivery-d-2", "--expect", "0"}, agent_2), "version") == "1");
}

TEST_CASE("several lines are one commit: all of them or none", "[append]") {
  const Shell shell;
  CHECK(value(shell.result({"append", "delivery-d-1"}, agent_1 + "\n" + agent_2 + agent_1), "version") == "3");
  const auto before = shell.result({"export"});
  require_complaint(shell.run({"append", "delivery-d-1"}, agent_1 + "nonsense\n" + agent_2), 2, {"line 2"});
  require_complaint(shell.run({"append", "delivery-d-1"}, agent_1 + R"({"event_type":"Teleported","event_data":{}})"),
                    2, {"line 2", "Teleported"});
  CHECK(shell.result({"export"}) == before);
}

TEST_CASE("versions that lines claim are expectations", "[append]") {
  const Shell shell;
  const auto claims = [](int first, int second) { return assigned("d-1", first) + assigned("d-1", second, "agent-2"); };
  CHECK(value(shell.result({"append", "delivery-d-1"}, claims(1, 2)), "version") == "2");
  CHECK(value(shell.result({"append", "delivery-d-1"}, claims(1, 2)), "already_there") == "true");
  require_complaint(shell.run({"append", "delivery-d-1"}, claims(7, 8)), 3,
                    {"delivery-d-1 is at version 2, expected version 6"});
  require_complaint(shell.run({"append", "delivery-d-1"}, claims(3, 5)), 2, {"line 2", "version 5"});
  require_complaint(shell.run({"append", "delivery-d-1", "--expect", "1"}, claims(3, 4)), 2, {"line 1", "version 3"});
  CHECK(value(shell.result({"stats"}), "events") == "2");
}

TEST_CASE("a line may leave out what the command line says", "[append]") {
  const Shell shell;
  (void)shell.result({"append", "delivery-d-1", "--org", "org-7"}, agent_1);
  const auto event = shell.result({"read", "delivery-d-1"});
  CHECK(value(event, "organization_id") == "org-7");
  CHECK(value(event, "aggregate_id") == "d-1");
  CHECK_FALSE(value(event, "created_at").empty());
}

TEST_CASE("who appends is kept in the metadata", "[append]") {
  const Shell shell;
  (void)shell.result({"append", "delivery-d-1", "--user", "u-9", "--ip", "10.0.0.1"}, agent_1);
  const auto event = shell.result({"read", "delivery-d-1"});
  CHECK(value(event, "user_id") == "u-9");
  CHECK(value(event, "ip_address") == "10.0.0.1");
}

TEST_CASE("what append cannot do is said in a line", "[append]") {
  const Shell shell;
  require_complaint(shell.run({"append", "delivery-d-1"}, ""), 2, {"delivery-d-1", "no event lines"});
  require_complaint(shell.run({"append", "delivery-d-1", "--expect", "soon"}, agent_1), 2,
                    {"--expect", "soon", "any, none, exists"});
  require_complaint(shell.run({"append", "delivery"}, agent_1), 2, {"<category>-<key>"});
  require_complaint(shell.run({"append", "delivery-d-1"}, scheduled("d-2")), 2, {"line 1", "delivery-d-1"});
  require_complaint(shell.run({"append", "delivery-d-1"},
                              to_line({.data = R"({"agent_id":"a","notes":")" + std::string(17U << 20U, 'x') + "\"}"})),
                    2, {"too_large", "16"});
}

SCENARIO("a line that gives its event_id is recognised when it is appended again", "[append]") {
  const Shell shell;
  const auto line = [](const std::string& agent) {
    return R"({"event_type":"DeliveryAssigned","event_data":{"agent_id":")" + agent +
           R"("},"event_id":"019c5f3e-0000-7000-8000-000000000001"})"
           "\n";
  };
  CHECK(value(shell.result({"append", "delivery-d-1"}, line("a-1")), "already_there") == "false");
  // The present time is another one now.
  CHECK(value(shell.result({"append", "delivery-d-1"}, line("a-1")), "already_there") == "true");
  require_complaint(shell.run({"append", "delivery-d-1"}, line("a-2")), 3,
                    {"id_conflict", "delivery-d-1", "differs from version 1, which the log has: event_data.agent_id"});
  CHECK(count_lines(shell.result({"read", "delivery-d-1"})) == 1);
}

SCENARIO("an append whose result cannot be printed has appended", "[append]") {
  const Shell shell;
  const auto outcome = shell.start({"append", "delivery-d-1"}, End::full)->finish(agent_1);
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.err.find("the events were appended, but the result could not be printed") != std::string::npos);
  CHECK(count_lines(shell.result({"read", "delivery-d-1"})) == 1);
}

}  // namespace append_test
