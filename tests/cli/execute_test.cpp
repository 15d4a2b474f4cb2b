#include "shell.hpp"

namespace execute_test {

using namespace eventstore::cli_test;

namespace {

const std::string schedule_json =
    R"({"customer_id":"customer-1","address":"Main Street 1","scheduled_time":"2026-01-28T09:00:00Z"})";

std::string schedule(const Shell& shell) {
  return shell.result({"execute", "delivery-d-1", "schedule", schedule_json, "--org", "org-1"});
}

}  // namespace

SCENARIO("a command prints the events that it makes", "[execute]") {
  const Shell shell;
  const auto event = schedule(shell);
  CHECK(count_lines(event) == 1);
  CHECK(value(event, "event_type") == "DeliveryScheduled");
  CHECK(value(event, "organization_id") == "org-1");
  CHECK(value(event, "version") == "1");
  const auto assigned = shell.result({"execute", "delivery-d-1", "assign", R"({"agent_id":"agent-7"})", "--user", "u-9",
                                      "--ip", "10.0.0.1", "--org", "org-1"});
  CHECK(value(assigned, "agent_id") == "agent-7");
  CHECK(value(assigned, "user_id") == "u-9");
  CHECK(value(assigned, "ip_address") == "10.0.0.1");
  CHECK(value(shell.result({"execute", "delivery-d-1", "depart", "--org", "org-1"}), "version") == "3");
  CHECK(shell.result({"read", "delivery-d-1", "--to", "2"}) == event + assigned);
}

SCENARIO("a command that the domain refuses changes nothing", "[execute]") {
  const Shell shell;
  (void)schedule(shell);
  const auto before = shell.result({"export"});
  require_complaint(shell.run({"execute", "delivery-d-1", "complete", "--org", "org-1"}), 5,
                    {"refused", "wrong_status", "delivery-d-1", "a scheduled delivery cannot be completed"});
  require_complaint(shell.run({"execute", "delivery-d-1", "schedule", schedule_json, "--org", "org-1"}), 5,
                    {"refused", "already_exists", "delivery-d-1"});
  CHECK(shell.result({"export"}) == before);
}

TEST_CASE("a command that changes nothing prints nothing", "[execute]") {
  const Shell shell;
  (void)schedule(shell);
  CHECK(shell.result({"execute", "delivery-d-1", "change_priority", R"({"priority":"normal"})", "--org", "org-1"})
            .empty());
}

TEST_CASE("what is not there is not found, and what there is instead is told", "[execute]") {
  const Shell shell;
  (void)schedule(shell);
  require_complaint(shell.run({"execute", "delivery-d-9", "assign", R"({"agent_id":"a"})"}), 4,
                    {"not_found", "delivery-d-9", "no such stream"});
  require_complaint(shell.run({"execute", "delivery-d-1", "teleport"}), 4,
                    {"not_found", "teleport", "schedule", "give_feedback"});
  require_complaint(shell.run({"execute", "parcel-d-1", "assign"}), 4,
                    {"not_found", "parcel", "campaign", "conversation", "delivery"});
}

TEST_CASE("a stream of another organization is not written", "[execute]") {
  const Shell shell;
  (void)schedule(shell);
  const auto outcome = shell.run({"execute", "delivery-d-1", "assign", R"({"agent_id":"a"})", "--org", "org-2"});
  require_complaint(outcome, 2, {"wrong_organization", "delivery-d-1"});
}

TEST_CASE("a command's JSON that does not fit is named by its path", "[execute]") {
  const Shell shell;
  const auto complain = [&](const std::string& json, const std::vector<std::string>& parts) {
    CAPTURE(json);
    require_complaint(shell.run({"execute", "delivery-d-1", "schedule", json}), 2, parts);
  };
  complain(R"({"customer_id":)", {"malformed JSON"});
  complain(R"({"customer_id":"c"})", {"address", "missing"});
  complain(R"({"customer_id":7,"address":"a","scheduled_time":"2026-01-28T09:00:00Z"})", {"customer_id", "number"});
  complain(R"({"customer_id":"c","address":"a","scheduled_time":"soon"})", {"scheduled_time", "soon"});
  complain(R"({"customer_id":"c","address":"a","scheduled_time":"2026-01-28T09:00:00Z","priority":"huge"})",
           {"priority", "huge", "urgent"});
  complain(
      R"({"customer_id":"c","address":"a","scheduled_time":"2026-01-28T09:00:00Z","package_details":{"weight":"heavy"}})",
      {"package_details.weight"});
  complain(R"({"customer_id":"c","address":"a","scheduled_time":"2026-01-28T09:00:00Z","colour":1})",
           {"colour", "unknown"});
  CHECK_FALSE(std::filesystem::exists(shell.store()));
}

TEST_CASE("a command that comes again by its id repeats nothing", "[execute]") {
  const Shell shell;
  (void)schedule(shell);
  const Words words{"execute", "delivery-d-1", "track",        R"({"status":"at the door"})",
                    "--org",   "org-1",        "--command-id", "018d4f7e-0000-7000-8000-000000000001"};
  const auto first = shell.result(words);
  CHECK(count_lines(first) == 1);
  CHECK(shell.result(words) == first);
  CHECK(value(shell.result({"stats"}), "events") == "2");
  require_complaint(shell.run({"execute", "delivery-d-1", "track", R"({"status":"x"})", "--command-id", "seven"}), 2,
                    {"seven"});
}

SCENARIO("a command that is repeated by its id repeats nothing", "[execute][repeat]") {
  const Shell shell;
  (void)schedule(shell);
  const std::string id = "019c5f3e-0000-7000-8000-000000000001";
  const auto change = [&](const std::string& priority) {
    return shell.run({"execute", "delivery-d-1", "change_priority", R"({"priority":")" + priority + R"("})", "--org",
                      "org-1", "--command-id", id});
  };
  CHECK(change("normal").out.empty());  // as it is already
  (void)shell.result({"execute", "delivery-d-1", "change_priority", R"({"priority":"high"})", "--org", "org-1"});
  const auto before = shell.result({"export"});
  const auto again = change("normal");
  CHECK(again.exit_code == 0);
  CHECK(again.out.empty());
  require_complaint(change("high"), 3, {"id_conflict", "delivery-d-1", id, "another command or other data"});
  CHECK(shell.result({"export"}) == before);
}

}  // namespace execute_test
