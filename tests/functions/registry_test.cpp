// The functions by name, as the command line calls them.
#include "functions/office.hpp"

using namespace domain;

namespace {

es::Result<es::Answer> call(const es::RecordContext& context, const string& name, const string& json) {
  for (const auto& function : all_functions()) {
    if (es::name_of(function) != name) continue;
    EVENTSTORE_TRY_ASSIGN(const es::Bytes parameters, es::json_to_bytes(es::parameters_of(function).type, json));
    if (es::records(function)) return std::get<es::RecordFunction>(function).run(context, parameters);
    return std::get<es::AskFunction>(function).run(context.asking(), parameters);
  }
  FAIL("no function " << name);
  return es::Answer{};
}

Rows documents(Office& office, const string& name, const string& json) {
  return good(call(office.context(), name, json)).documents;
}

}  // namespace

TEST_CASE("every function of the source systems is there by its name", "[functions][registry]") {
  Rows records;
  Rows reads;
  for (const auto& function : all_functions())
    (es::records(function) ? records : reads).push_back(es::name_of(function));
  CHECK(records == Rows{"log_message", "update_message_status", "log_action", "log_metric", "store_event",
                        "log_campaign_execution", "log_conversation_closed", "send_campaign_messages",
                        "log_whatsapp_webhook", "update_user_tokens", "create_event", "create_session",
                        "create_agent_log"});
  CHECK(reads == Rows{"get_conversation_history",
                      "search_messages",
                      "get_user_activity",
                      "get_resource_history",
                      "get_daily_stats",
                      "get_hourly_stats",
                      "get_aggregate_events",
                      "get_events_by_type",
                      "get_call_duration_stats",
                      "get_call_outcome_stats",
                      "get_sentiment_distribution",
                      "get_active_calls",
                      "get_queued_calls",
                      "get_active_campaigns",
                      "get_recent_calls",
                      "search_transcripts",
                      "find_nearby",
                      "get_agent_success_rates",
                      "get_average_processing_time",
                      "get_operation_success_rate",
                      "get_recent_errors",
                      "get_notification_counts",
                      "get_appointment_audit",
                      "get_user_by_email",
                      "get_user_events",
                      "get_active_session",
                      "get_user_agent_logs",
                      "collection_stats"});
}

TEST_CASE("what records answers with its id, named", "[functions][registry]") {
  Office office;
  CHECK(
      documents(
          office, "log_message",
          R"({"conversation_id":"c-1","sender_id":"a","receiver_id":"b","message_content":"hi","message_id":"m-1"})") ==
      Rows{R"({"message_id":"m-1"})"});
  CHECK(documents(office, "update_message_status", R"({"message_id":"m-1","status":"read"})") ==
        Rows{R"({"changed":true})"});
  CHECK(documents(office, "update_message_status", R"({"message_id":"m-1","status":"read"})") ==
        Rows{R"({"changed":false})"});
  for (
      const auto& [name, json, ids] : std::vector<std::tuple<string, string, Rows>>{
          {"log_action", R"({"user_id":"u","action":"delete","resource_type":"t","resource_id":"r"})", {"audit_id"}},
          {"log_metric", R"({"metric_type":"cpu","value":1})", {"metric_id"}},
          {"store_event",
           R"({"event_type":"MessageRead","event_data":{"message_id":"m-1"},"aggregate_id":"c-1","aggregate_type":"conversation"})",
           {"event_id"}},
          {"log_campaign_execution",
           R"({"user_id":"u","campaign_id":"k","contacts_count":2})",
           {"audit_id", "metric_id", "event_id"}},
          {"log_conversation_closed",
           R"({"user_id":"u","conversation_id":"c-1","resolution_time_seconds":2})",
           {"audit_id", "metric_id", "event_id"}}}) {
    CAPTURE(name);
    const auto answer = good(call(office.context(), name, json));
    CHECK_FALSE(answer.is_list);
    REQUIRE(answer.documents.size() == 1);
    for (const auto& id : ids) CHECK(es::Uuid::parse(fields(answer.documents, id.c_str()).front()));
  }
  CHECK(office.rows("SELECT action FROM audit_logs WHERE resource_type = 't'") == Rows{"delete"});
}

TEST_CASE("what reads answers with documents", "[functions][registry]") {
  Office office;
  good(call(office.context(), "log_metric", R"({"metric_type":"cpu","value":1.5})"));
  good(call(office.context(), "log_metric", R"({"metric_type":"cpu","value":2})"));
  good(call(office.context(), "log_metric", R"({"metric_type":"requests","value":3})"));
  office.run();
  CHECK(documents(office, "get_daily_stats", R"({"metric_type":"cpu"})") ==
        Rows{R"({"_id":"2026-01-27","total":3.5,"count":2,"average":1.75})"});
  CHECK(documents(office, "get_hourly_stats", R"({"metric_type":"requests"})") ==
        Rows{R"({"_id":"2026-01-27T10","total":3,"count":1,"average":3})"});
  CHECK(documents(office, "get_events_by_type", R"({"event_type":"MetricRecorded","limit":2})").size() == 2);
  CHECK(documents(office, "get_aggregate_events", R"({"aggregate_id":"cpu","aggregate_type":"metric"})").size() == 2);
  CHECK(documents(office, "get_resource_history", R"({"resource_id":"cpu"})").size() == 2);
  CHECK(documents(office, "get_user_activity", R"({"user_id":"nobody"})").empty());
  CHECK(documents(office, "get_conversation_history", R"({"conversation_id":"nothing"})").empty());
  CHECK(documents(office, "search_messages", R"({"query":"nothing"})").empty());
}

TEST_CASE("parameters that are missing or of another kind are named", "[functions][registry]") {
  Office office;
  const auto missing = call(office.context(), "get_daily_stats", "{}");
  CHECK(code(missing) == es::Errc::invalid_argument);
  CHECK_THAT(missing.error().message(), Catch::Contains("metric_type"));
  CHECK(code(call(office.context(), "update_message_status", R"({"message_id":"m","status":"lost"})")) ==
        es::Errc::invalid_argument);
}
