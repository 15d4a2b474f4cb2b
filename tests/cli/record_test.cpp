#include "shell.hpp"

namespace record_test {

using namespace eventstore::cli_test;

namespace {

using Texts = std::vector<std::string>;

std::string record(const Shell& shell, Words words) {
  words.insert(words.begin(), "record");
  words.insert(words.end(), {"--org", "org-1"});
  return shell.result(words);
}

Texts types(const Shell& shell, const std::string& stream) {
  return values(shell.result({"read", stream}), "event_type");
}

}  // namespace

TEST_CASE("log_message appends the message, and its status where it is not sent", "[record]") {
  const Shell shell;
  const auto first = record(shell, {"log_message", "c-1", "u-1", "p-1", "Hello", "message_id=m-1"});
  CHECK(first == "{\"message_id\":\"m-1\"}\n");
  const auto second = record(shell, {"log_message", "--conversation-id", "c-1", "--sender-id", "u-1", "--receiver-id",
                                     "p-1", "--message-content", "How are you?", "--status=delivered"});
  CHECK(value(second, "message_id").size() == 36);
  CHECK(types(shell, "conversation-c-1") == Texts{"MessageSent", "MessageSent", "MessageDelivered"});
  CHECK(values(shell.result({"read", "conversation-c-1"}), "organization_id") == Texts(3, "org-1"));
}

TEST_CASE("update_message_status appends a change and says where there is none", "[record]") {
  const Shell shell;
  (void)record(shell, {"log_message", "c-1", "u-1", "p-1", "Hello", "message_id=m-1"});
  CHECK(record(shell, {"update_message_status", "m-1", "read"}) == "{\"changed\":true}\n");
  CHECK(record(shell, {"update_message_status", "message_id=m-1", "status=delivered"}) == "{\"changed\":false}\n");
  CHECK(types(shell, "conversation-c-1") == Texts{"MessageSent", "MessageRead"});
  require_complaint(shell.run({"record", "update_message_status", "m-9", "read", "--org", "org-1"}), 4,
                    {"not_found", "m-9"});
  require_complaint(shell.run({"record", "update_message_status", "m-1", "read", "--org", "org-2"}), 4,
                    {"not_found", "m-1"});
  require_complaint(shell.run({"record", "update_message_status", "m-1", "eaten", "--org", "org-1"}), 2,
                    {"status", "eaten", "delivered"});
}

TEST_CASE("log_action leads to the audit line that it names", "[record]") {
  const Shell shell;
  const auto id = value(
      record(shell, {"log_action", "u-9", "update", "report", "r-1", R"(changes={"before":{"a":1},"after":{"a":2}})",
                     "--ip-address", "10.0.0.1", "user_agent=curl"}),
      "audit_id");
  CHECK(types(shell, "activity-u-9") == Texts{"ActionRecorded"});
  (void)shell.result({"project", "run"});
  CHECK(sql(shell,
            "SELECT user_id, action, resource_type, resource_id, ip_address, user_agent FROM audit_logs WHERE _id = '" +
                id + "'") == Texts{"u-9|update|report|r-1|10.0.0.1|curl"});
}

TEST_CASE("log_metric leads to the figure that it names", "[record]") {
  const Shell shell;
  const auto id = value(record(shell, {"log_metric", "response_ms", "12.5", R"(tags={"host":"a"})"}), "metric_id");
  CHECK(value(record(shell, {"log_metric", "response_ms", "7.5", R"(tags={"host":"a"})"}), "metric_id") == id);
  (void)shell.result({"project", "run"});
  CHECK(sql(shell, "SELECT metric_type, value, count FROM analytics WHERE _id = '" + id + "'") ==
        Texts{"response_ms|20.0|2"});
}

TEST_CASE("store_event appends any event that the program knows", "[record]") {
  const Shell shell;
  const auto id = value(
      record(shell, {"store_event", "DeliveryAssigned", R"({"agent_id":"agent-1"})", "d-1", "delivery"}), "event_id");
  CHECK(value(shell.result({"read", "delivery-d-1"}), "event_id") == id);
  require_complaint(shell.run({"record", "store_event", "Teleported", "{}", "d-1", "delivery", "--org", "org-1"}), 2,
                    {"unknown_event_type", "Teleported", "DeliveryAssigned"});
  require_complaint(
      shell.run({"record", "store_event", "DeliveryAssigned", R"({"agent":1})", "d-1", "delivery", "--org", "org-1"}),
      2, {"agent"});
}

TEST_CASE("log_campaign_execution and log_conversation_closed name what follows from them", "[record]") {
  const Shell shell;
  const auto executed = record(shell, {"log_campaign_execution", "u-9", "camp-1", "25", "ip_address=10.0.0.1"});
  const auto closed =
      record(shell, {"log_conversation_closed", "user_id=u-9", "conversation_id=c-1", "resolution_time_seconds=90"});
  CHECK(types(shell, "campaign-camp-1") == Texts{"CampaignExecuted"});
  CHECK(types(shell, "conversation-c-1") == Texts{"ConversationClosed"});
  (void)shell.result({"project", "run"});
  for (const auto& answer : {executed, closed}) {
    CHECK(sql(shell, "SELECT user_id FROM audit_logs WHERE _id = '" + value(answer, "audit_id") + "'") == Texts{"u-9"});
    CHECK(sql(shell, "SELECT count FROM analytics WHERE _id = '" + value(answer, "metric_id") + "'") == Texts{"1"});
    CHECK(sql(shell, "SELECT count(*) FROM events WHERE event_id = '" + value(answer, "event_id") + "'") == Texts{"1"});
  }
}

TEST_CASE("option --user and --ip say who records", "[record]") {
  const Shell shell;
  (void)record(shell, {"log_metric", "m", "1", "--user", "u-9", "--ip", "10.0.0.1"});
  const auto event = shell.result({"all"});
  CHECK(value(event, "user_id") == "u-9");
  CHECK(value(event, "ip_address") == "10.0.0.1");
}

TEST_CASE("option --now is the time of what is recorded", "[record]") {
  const Shell shell;
  (void)record(shell, {"log_metric", "m", "1", "--now", "2026-01-27T10:30:00Z"});
  CHECK(value(shell.result({"all"}), "created_at") == "2026-01-27T10:30:00.000000Z");
}

TEST_CASE("a record that is not understood is answered with what there is, and makes no store", "[record]") {
  const Shell shell;
  require_complaint(shell.run({"record", "log_weather", "--org", "o"}), 4,
                    {"log_weather", "log_message", "store_event"});
  require_complaint(shell.run({"record", "log_metric", "m", "1"}), 2, {"--org"});
  require_complaint(shell.run({"record", "log_metric", "m", "--org", "o"}), 2,
                    {"value", "missing", "metric_type value"});
  require_complaint(shell.run({"record", "log_metric", "m", "much", "--org", "o"}), 2, {"value", "much"});
  require_complaint(shell.run({"record", "get_daily_stats", "m", "--org", "o"}), 4, {"get_daily_stats", "query"});
  CHECK_FALSE(std::filesystem::exists(shell.store()));
}

TEST_CASE("a call that is repeated by its id records nothing, and has the same result", "[record][repeat]") {
  const Shell shell;
  const std::string id = "019c5f3e-0000-7000-8000-000000000001";
  const std::vector<Words> calls{{"log_message", "c-1", "u-1", "p-1", "Hello"},
                                 {"log_action", "u-1", "update", "contact", "k-1"},
                                 {"log_metric", "cpu", "0.5"},
                                 {"store_event", "MessageSent",
                                  R"({"message_id":"m","sender_id":"s","receiver_id":"r",)"
                                  R"("message_content":"hi"})",
                                  "c-2", "conversation"},
                                 {"log_campaign_execution", "k-7", "u-1", "12"},
                                 {"log_conversation_closed", "c-3", "u-1", "60"}};
  for (auto call : calls) {
    CAPTURE(call.front());
    call.insert(call.end(), {"--command-id", id});
    const auto first = record(shell, call);
    const auto events = shell.result({"export"});
    CHECK(record(shell, call) == first);
    CHECK(shell.result({"export"}) == events);
  }
  require_complaint(
      shell.run({"record", "log_message", "c-1", "u-1", "p-1", "Bye", "--org", "org-1", "--command-id", id}), 3,
      {"id_conflict", "conversation-c-1", id});
  require_complaint(
      shell.run({"query", "get_aggregate_events", "c-1", "conversation", "--org", "org-1", "--command-id", id}), 2,
      {"--command-id", "a question appends nothing"});
}

}  // namespace record_test
