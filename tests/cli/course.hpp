#pragma once
// Events of the three aggregates that cause one another: a campaign, the conversation that it opened, and a delivery.
#include "shell.hpp"

namespace eventstore::cli_test {

inline const std::string created = "11111111-0000-4000-8000-000000000001";
inline const std::string executed = "11111111-0000-4000-8000-000000000002";
inline const std::string conversation = "11111111-0000-4000-8000-000000000003";
inline const std::string message = "11111111-0000-4000-8000-000000000004";
inline const std::string delivery = "11111111-0000-4000-8000-000000000005";
inline const std::string agent = "11111111-0000-4000-8000-000000000006";

struct CourseEvent {
  std::string category;
  std::string key;
  int version;
  std::string type;
  std::string data;
  std::string id;
  std::string metadata;
  std::string created_at;
};

inline std::string line_of(const CourseEvent& event) {
  return R"({"organization_id":"org-1","event_type":")" + event.type + R"(","event_data":)" + event.data +
         R"(,"aggregate_id":")" + event.key + R"(","aggregate_type":")" + event.category + R"(","created_at":")" +
         event.created_at + R"(","version":)" + std::to_string(event.version) + R"(,"metadata":)" + event.metadata +
         R"(,"event_id":")" + event.id + "\"}\n";
}

/// Positions 1 to 6.
inline std::string course() {
  const auto caused = [](const std::string& by) {
    return R"({"user_id":"ada","correlation_id":"spring","causation_id":")" + by + "\"}";
  };
  return line_of({"campaign", "k", 1, "CampaignCreated", R"({"campaign_id":"k","name":"Spring","content":"Hello!"})",
                  created, R"({"user_id":"bea"})", "2026-03-01T08:00:00Z"}) +
         line_of({"campaign", "k", 2, "CampaignExecuted", R"({"campaign_id":"k","contacts_count":1})", executed,
                  caused("cron"), "2026-03-01T09:00:00Z"}) +
         line_of({"conversation", "c", 1, "ConversationOpened", R"({"contact_id":"p-1"})", conversation,
                  caused(executed), "2026-03-01T09:00:01Z"}) +
         line_of(
             {"conversation", "c", 2, "MessageSent",
              R"({"message_id":"m","sender_id":"k","receiver_id":"p-1","message_content":"Frühling in der STRASSE"})",
              message, caused(conversation), "2026-03-01T09:00:00Z"}) +
         line_of({"delivery", "d", 1, "DeliveryScheduled",
                  R"({"customer_id":"p-1","address":"Main Street 1","scheduled_time":"2026-03-02T09:00:00Z",)"
                  R"("package_details":{"weight":2.5}})",
                  delivery, caused(message), "2026-03-01T10:00:00Z"}) +
         line_of({"delivery", "d", 2, "DeliveryAssigned", R"({"agent_id":"agent-1"})", agent,
                  R"({"user_id":"carl","correlation_id":"spring"})", "2026-03-01T11:00:00Z"});
}

}  // namespace eventstore::cli_test
