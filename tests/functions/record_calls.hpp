#pragma once
// Calls of every function that records: those that it takes, and those that it refuses.
#include <eventstore/schema/detail/json_text.hpp>

#include <map>
#include <string>
#include <vector>

namespace domain {

using std::string;

struct Calls {
  std::vector<string> good;  ///< on a store without retention and foreign streams
  std::vector<string> bad;   ///< on every store
};

inline string message_call(const string& conversation, const string& status) {
  return R"({"conversation_id":")" + conversation +
         R"(","sender_id":"a","receiver_id":"b","message_content":"Hi","status":")" + status + R"("})";
}
inline string stored_call(const string& type, const string& data, const string& category, const string& key) {
  return R"({"event_type":")" + type + R"(","event_data":)" + data + R"(,"aggregate_type":")" + category +
         R"(","aggregate_id":")" + key + R"("})";
}
inline string calendar_event(const string& end) {
  return R"({"user_id":"u-1","provider":"google","summary":"Lunch","start":"2026-02-02T12:00:00Z","end":"2026-02-02T)" +
         end + R"(:00Z"})";
}
// The body of a webhook is text.
inline string webhook_call(const string& body) {
  string text;
  eventstore::append_json_string(text, body);
  return R"({"body":)" + text + "}";
}
inline const string too_long(201, 'x');

inline const std::map<string, Calls>& record_calls() {
  static const std::map<string, Calls> all{
      {"log_message",
       {{message_call("c-1", "sent"), message_call("c-2", "read"), message_call("c-new", "failed")},
        {message_call("", "sent"), message_call(too_long, "read"), message_call("c\\u0001", "read")}}},
      {"update_message_status",
       {{R"({"message_id":"late-1","status":"read"})", R"({"message_id":"late-1","status":"delivered"})",
         R"({"message_id":"m-early","status":"read","conversation_id":"c-1"})",
         R"({"message_id":"m-early","status":"read","conversation_id":"c-new"})"},
        {R"({"message_id":"nobody's","status":"read"})", R"({"message_id":"late-1","status":"sent"})",
         R"({"message_id":"","status":"read","conversation_id":"c-1"})",
         R"({"message_id":"late-1","status":"read","conversation_id":""})"}}},
      {"log_action",
       {{R"({"user_id":"u-9","action":"update","resource_type":"page","resource_id":"p-1"})",
         R"({"user_id":"u-new","action":"view","resource_type":"page","resource_id":"p-1"})"},
        {R"({"user_id":"","action":"view","resource_type":"page","resource_id":"p-1"})",
         R"({"user_id":")" + too_long + R"(","action":"view","resource_type":"page","resource_id":"p-1"})"}}},
      {"log_metric",
       {{R"({"metric_type":"cpu","value":1,"tags":{"host":"a"}})", R"({"metric_type":"new","value":1})"},
        {R"({"metric_type":"","value":1})", R"({"metric_type":")" + too_long + R"(","value":1})"}}},
      {"store_event",
       {{stored_call("MessageRead", R"({"message_id":"late-1"})", "conversation", "c-1"),
         stored_call("DeliveryCancelled", "{}", "delivery", "new"),
         stored_call("MetricRecorded", R"({"metric_type":"cpu","value":1})", "metric", "cpu"),
         stored_call("UserRegistered", R"({"email":"ana@example.org"})", "user", "u-1")},
        {stored_call("MessageTeleported", "{}", "conversation", "c-1"),
         stored_call("MessageRead", "{}", "conversation", "c-1"),
         stored_call("MessageRead", R"({"message_id":"m"})", "conversation", ""),
         stored_call("MessageRead", R"({"message_id":"m"})", "nowhere", "c-1")}}},
      {"log_campaign_execution",
       {{R"({"user_id":"u-9","campaign_id":"k-1","contacts_count":40})",
         R"({"user_id":"u-9","campaign_id":"k-new","contacts_count":40})"},
        {R"({"user_id":"u-9","campaign_id":"","contacts_count":40})"}}},
      {"log_conversation_closed",
       {{R"({"user_id":"u-9","conversation_id":"c-1","resolution_time_seconds":60})",
         R"({"user_id":"u-9","conversation_id":"c-new","resolution_time_seconds":60})"},
        {R"({"user_id":"u-9","conversation_id":"","resolution_time_seconds":60})"}}},
      {"log_whatsapp_webhook",
       {{webhook_call(
             R"({"entry":[{"changes":[{"value":{"messages":[{"from":"49170","id":"w-1","type":"text"}]}}]}]})"),
         webhook_call(R"({"entry":[{"changes":[{"value":{"statuses":[{"id":"w-1","status":"read",)"
                      R"("recipient_id":"49170"}]}}]}]})")},
        {webhook_call("no JSON"), webhook_call(R"({"object":"page"})")}}},
      {"update_user_tokens",
       {{R"({"user_id":"u-1","provider":"google","tokens":{"access_token":"t"}})",
         R"({"user_id":"u-nobody","provider":"microsoft","tokens":"t"})"},
        {R"({"user_id":"u-1","provider":"google","tokens":{}})",
         R"({"user_id":"","provider":"google","tokens":"t"})"}}},
      {"create_event",
       {{R"({"event":)" + calendar_event("13:00") + "}", calendar_event("12:00")}, {calendar_event("11:59")}}},
      {"create_session",
       {{R"({"user_id":"u-1","provider":"google","access_token":"a","expires_at":"2026-02-02T12:00:00Z"})"},
        {R"({"user_id":"u-1","provider":"google","access_token":"","expires_at":"2026-02-02T12:00:00Z"})"}}},
      {"create_agent_log",
       {{R"({"user_id":"u-1","input_text":"Hi","steps":["a",{"name":"b"}],"final_output":"Hello"})"},
        {R"({"user_id":"u-1","input_text":"Hi","steps":[{}]})",
         R"({"user_id":"u-1","input_text":"Hi","aggregate_id":""})"}}},
      {"send_campaign_messages",
       {{R"({"campaign_id":"k-1"})"}, {R"({"campaign_id":"k-none"})", R"({"campaign_id":""})"}}},
  };
  return all;
}

/// Calls `each` with a name, the parameters and whether the function takes them.
template <class Each> void for_each_call(Each each) {
  for (const auto& [name, both] : record_calls()) {
    for (const auto& json : both.good) each(name, json, true);
    for (const auto& json : both.bad) each(name, json, false);
  }
}

}  // namespace domain
