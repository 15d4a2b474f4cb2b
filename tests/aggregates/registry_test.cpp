#include <aggregates/aggregates.hpp>
#include <catch2/catch.hpp>

#include <algorithm>

namespace registry_test {

using namespace domain;

namespace {

std::vector<std::string> commands_of(const eventstore::AggregateType& type, bool opens) {
  std::vector<std::string> names;
  for (const auto& command : type.commands)
    if (command.opens() == opens) names.push_back(command.name);
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("every aggregate is registered once", "[registry]") {
  Names categories;
  for (const auto& type : all_aggregates()) categories.push_back(type.category);
  CHECK(categories == Names{"campaign", "conversation", "delivery", "agent", "customer", "call", "recording",
                            "appointment", "api_key", "user", "calendar_event", "session", "assistant_run", "contact",
                            "chatbot", "activity", "metric"});
}

TEST_CASE("commands have the names that the command line knows", "[registry]") {
  CHECK(commands_of(campaign_type(), true) == Names{"create"});
  CHECK(commands_of(campaign_type(), false) == Names{"change_content", "add_contacts", "remove_contacts", "schedule",
                                                     "execute", "reach_contact", "pause", "resume", "complete",
                                                     "cancel", "delete", "record_result"});
  CHECK(commands_of(conversation_type(), true) == Names{"open", "send_campaign_message"});
  CHECK(commands_of(conversation_type(), false) ==
        Names{"assign", "send_message", "receive_message", "mark_delivered", "mark_read", "mark_failed", "close",
              "reopen", "delete", "mark_played", "edit_message", "revoke_message", "react_to_message", "opt_out",
              "opt_in", "wait", "escalate", "resolve"});
  CHECK(commands_of(delivery_type(), true) == Names{"schedule"});
  CHECK(commands_of(delivery_type(), false) == Names{"reschedule", "change_priority", "assign", "depart", "track",
                                                     "complete", "fail", "retry", "cancel", "link_call",
                                                     "give_feedback"});
  CHECK(commands_of(agent_type(), true) == Names{"register"});
  CHECK(commands_of(agent_type(), false) == Names{"change_profile", "change_password", "change_role", "activate",
                                                  "deactivate", "locate", "subscribe_push", "unsubscribe_push",
                                                  "log_in", "fail_login"});
  CHECK(commands_of(customer_type(), true) == Names{"register"});
  CHECK(commands_of(customer_type(), false) == Names{"change_profile", "change_preferences", "erase"});
}

TEST_CASE("commands of calls and recordings have the names that the command line knows", "[registry]") {
  CHECK(commands_of(call_type(), true) == Names{"queue", "ring", "answer", "complete", "mark_busy", "mark_not_answered",
                                                "cancel", "fail", "attach_recording", "transcribe", "analyze",
                                                "receive_webhook"});
  CHECK(commands_of(call_type(), false).empty());
  CHECK(commands_of(recording_type(), true) == Names{"store"});
  CHECK(commands_of(recording_type(), false) == Names{"start_processing", "transcribe", "analyze",
                                                      "complete_processing", "fail_processing", "record_access",
                                                      "delete"});
}

TEST_CASE("commands of appointments have the names that the command line knows", "[registry]") {
  CHECK(commands_of(appointment_type(), true) == Names{"create", "shift", "update", "cancel", "fail_operation"});
  CHECK(commands_of(appointment_type(), false) == Names{"record_notification", "record_notification_failure"});
}

TEST_CASE("commands of API keys have the names that the command line knows", "[registry]") {
  CHECK(commands_of(api_key_type(), true) == Names{"issue"});
  CHECK(commands_of(api_key_type(), false) == Names{"change", "rotate", "revoke", "restore", "use"});
}

TEST_CASE("commands of the calendar assistant have the names that the command line knows", "[registry]") {
  CHECK(commands_of(user_type(), true) == Names{"register"});
  CHECK(commands_of(user_type(), false) == Names{"change_email", "update_tokens", "revoke_tokens", "erase"});
  CHECK(commands_of(calendar_event_type(), true) == Names{"create"});
  CHECK(commands_of(calendar_event_type(), false) == Names{"change", "delete"});
  CHECK(commands_of(session_type(), true) == Names{"start"});
  CHECK(commands_of(session_type(), false) == Names{"refresh", "end"});
  CHECK(commands_of(assistant_run_type(), true) == Names{"start", "record"});
  CHECK(commands_of(assistant_run_type(), false) == Names{"detect_intent", "take_step", "complete", "fail"});
}

TEST_CASE("commands of contacts and chatbots have the names that the command line knows", "[registry]") {
  CHECK(commands_of(contact_type(), true) == Names{"create"});
  CHECK(commands_of(contact_type(), false) == Names{"change", "link_conversation", "opt_out", "opt_in", "delete"});
  CHECK(commands_of(chatbot_type(), true) == Names{"create"});
  CHECK(commands_of(chatbot_type(), false) == Names{"change", "execute", "delete"});
}

TEST_CASE("categories without state have no commands and streams of fixed names", "[registry]") {
  for (const auto& type : {activity_type(), metric_type()}) {
    CHECK(type.state_schema == nullptr);
    CHECK(type.commands.empty());
    CHECK(type.make_up_key);
  }
  CHECK(metric_type().measure);
}

TEST_CASE("histories of every category are made up", "[registry]") {
  for (const auto& type : all_aggregates()) {
    CAPTURE(type.category);
    CHECK(type.make_up);
  }
}

TEST_CASE("executions and deletions name their audit action", "[registry]") {
  using Actions = std::vector<std::pair<std::string, std::string>>;
  CHECK(campaign_type().audit_actions == Actions{{"CampaignExecuted", "execute"}, {"CampaignDeleted", "delete"}});
  CHECK(conversation_type().audit_actions == Actions{{"ConversationDeleted", "delete"}});
  CHECK(customer_type().audit_actions == Actions{{"CustomerErased", "delete"}});
  CHECK(user_type().audit_actions == Actions{{"UserErased", "delete"}});
  CHECK(calendar_event_type().audit_actions == Actions{{"CalendarEventDeleted", "delete"}});
  CHECK(contact_type().audit_actions == Actions{{"ContactDeleted", "delete"}});
  CHECK(chatbot_type().audit_actions == Actions{{"ChatbotExecuted", "execute"}, {"ChatbotDeleted", "delete"}});
  CHECK(recording_type().audit_actions == Actions{{"RecordingDeleted", "delete"}});
  CHECK(call_type().audit_actions.empty());
  CHECK(session_type().audit_actions.empty());
  CHECK(assistant_run_type().audit_actions.empty());
  CHECK(delivery_type().audit_actions.empty());
  CHECK(agent_type().audit_actions.empty());
}

TEST_CASE("an event's stored name is its own in the whole domain", "[registry]") {
  Names names;
  for (const auto& type : all_aggregates())
    for (const auto* event : type.events) names.push_back(event->name);
  CHECK(names.size() == 123);
  std::sort(names.begin(), names.end());
  CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
}

}  // namespace registry_test
