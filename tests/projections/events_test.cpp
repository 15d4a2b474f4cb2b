// `events`, and what holds for all collections together.
#include <aggregates/api_key/api_key.hpp>
#include <aggregates/appointment/appointment.hpp>
#include <aggregates/assistant_run/assistant_run.hpp>
#include <aggregates/calendar_event/calendar_event.hpp>
#include <aggregates/call/call.hpp>
#include <aggregates/chatbot/chatbot.hpp>
#include <aggregates/contact/contact.hpp>
#include <aggregates/recording/recording.hpp>
#include <aggregates/session/session.hpp>
#include <aggregates/user/user.hpp>
#include <eventstore/schema/event_line.hpp>

#include "projections/domain_log.hpp"

using namespace domain;

namespace {

void fill_assistant(DomainLog& log, const string& key) {
  const auto at = moment("2026-02-01T09:00:00Z");
  log.record("user-" + key, UserRegistered{key + "@example.org"});
  log.record("calendar_event-" + key,
             CalendarEventCreated{key, CalendarProvider::google, {}, "Lunch", at, at, {}, {}, {}});
  log.record("session-" + key, SessionStarted{key, CalendarProvider::google, es::Secret{"a"}, {}, at});
  log.record("assistant_run-" + key, AssistantRunStarted{key, {}, "When am I free?"});
  log.record("assistant_run-" + key, AssistantStepTaken{es::Json{R"("looked")"}});
  log.record("contact-" + key, ContactCreated{"Ana", "+351912345678", {}, Channel::sms, {}});
  log.record("chatbot-" + key, ChatbotCreated{"Front desk", Channel::sms, {}});
  log.record("chatbot-" + key, ChatbotExecuted{"c-" + key, {}, "Hi", {}, 12});
}

void fill_calls(DomainLog& log, const string& key) {
  CallQueued queued{};
  queued.call_sid = "CA" + key;
  queued.delivery_id = key;
  queued.customer_id = "c-" + key;
  log.record("call-CA" + key, queued);
  log.record("call-CA" + key, CallTranscribed{"Leave it at door " + key, {}, "en", {}});
  log.record("recording-CA" + key, RecordingStored{"CA" + key, key, "https://audio.example.org", 7, {}, "mp3"});
  AppointmentCreated created{};
  created.session_id = created.caller_id = created.summary = key;
  log.record("appointment-" + key, created);
  ApiKeyIssued issued{};
  issued.key_hash = es::Secret{string(64, 'a')};
  issued.key_prefix = issued.name = key;
  log.record("api_key-" + key, issued);
}

void fill(DomainLog& log) {
  for (int n = 0; n < 12; ++n) {
    const auto key = std::to_string(n);
    log.metadata.organization = n % 3 == 0 ? "org-2" : "org-1";
    log.metadata.user_id = "u-" + std::to_string(n % 4);
    log.record("delivery-" + key, scheduled());
    log.record("conversation-" + key, ConversationOpened{.contact_id = "x"});
    for (int m = 0; m < 5; ++m) {
      const auto id = "m-" + std::to_string(m);
      log.record("conversation-" + key, sent(id, "word " + key));
      if (m % 2 == 0) log.record("conversation-" + key, MessageRead{id});
    }
    log.record("delivery-" + key, DeliveryAssigned{.agent_id = "a-" + key});
    log.record("delivery-" + key, DeliveryFailed{.reason = "no one there"});
    log.record("campaign-" + key, CampaignExecuted{.campaign_id = key, .contacts_count = n});
    log.record("metric-" + log.metadata.organization, MetricRecorded{.metric_type = "load", .value = 0.1 * n});
    log.record("activity-" + log.metadata.organization, ActionRecorded{Action::view, "page", key, {}});
    fill_assistant(log, key);
    fill_calls(log, key);
  }
}

}  // namespace

TEST_CASE("an event is kept in the line format", "[projections][events]") {
  DomainLog log;
  log.metadata.user_id = "u-9";
  log.metadata.extra = R"({"source":"test"})";
  const auto id = log.record("conversation-c-1", MessageDelivered{"m-1"});
  const auto document = log.document("events");
  CHECK(document ==
        canonical(R"({"_id":")" + es::document_id("events", "conversation-c-1\n" + id.to_string()).to_string() +
                  R"(","organization_id":"org-1","event_type":"MessageDelivered",
                                 "event_data":{"message_id":"m-1"},"aggregate_id":"c-1","aggregate_type":"conversation",
                                 "created_at":"2026-01-27T10:30:00.000000Z","version":1,
                                 "metadata":{"user_id":"u-9","source":"test"},"event_id":")" +
                  id.to_string() + R"(","position":1})"));
  const es::SchemaReader schemas{log.log};
  const auto page = log.log.read_all();
  string line;
  REQUIRE(es::append_event_line(page->events.front(), schemas, line));
  CHECK(document ==
        canonical(R"({"_id":")" + es::document_id("events", "conversation-c-1\n" + id.to_string()).to_string() + "\"," +
                  line.substr(1)));
}

TEST_CASE("collections that were deleted come back the same, whatever the batches", "[projections]") {
  DomainLog log;
  fill(log);
  log.run();
  const auto whole = log.dump(*log.collections);
  CHECK(whole.size() > 400);
  for (const std::size_t batch : {1U, 13U}) {
    const auto again = in_memory();
    log.run(*again, batch);
    CHECK(log.dump(*again) == whole);
  }
}

TEST_CASE("documents belong to the organization of their events", "[projections]") {
  DomainLog log;
  fill(log);
  log.run();
  for (const auto& projection : log.projections) {
    CAPTURE(projection.name());
    CHECK(DomainLog::texts(*log.collections, "SELECT DISTINCT organization_id FROM " + projection.name() +
                                                 " ORDER BY 1") == Rows{"org-1", "org-2"});
  }
}

TEST_CASE("every collection has the indexes and the keeping time that it is to have", "[projections]") {
  DomainLog log;
  std::map<string, int> days;
  for (const auto& projection : log.projections) days[projection.name()] = projection.shape.keep_days;
  CHECK(days == std::map<string, int>{{"agent_logs", 365},
                                      {"agents", 0},
                                      {"analytics", 180},
                                      {"api_keys", 0},
                                      {"appointment_audit_log", 365},
                                      {"call_logs", 365},
                                      {"recordings", 365},
                                      {"system_metrics", 180},
                                      {"transcripts", 365},
                                      {"audit_logs", 365},
                                      {"calendar_events", 0},
                                      {"campaigns", 0},
                                      {"chatbots", 0},
                                      {"contacts", 0},
                                      {"conversations", 0},
                                      {"customers", 0},
                                      {"deliveries", 0},
                                      {"events", 365},
                                      {"message_logs", 90},
                                      {"sessions", 30},
                                      {"users", 0}});
  const auto names = log.rows(
      "SELECT name FROM sqlite_master WHERE type = 'index' OR name LIKE '%_text' OR name LIKE "
      "'%_location'");
  for (const auto* const name : {"message_logs_by_created_at",
                                 "message_logs_by_conversation_id_created_at",
                                 "message_logs_text",
                                 "audit_logs_by_created_at",
                                 "audit_logs_by_user_id_created_at",
                                 "audit_logs_by_action",
                                 "audit_logs_by_resource_id_created_at",
                                 "analytics_by_metric_type_date",
                                 "analytics_by_date",
                                 "events_by_event_type",
                                 "events_by_created_at",
                                 "events_by_aggregate_type_aggregate_id",
                                 "campaigns_by_status",
                                 "conversations_by_status",
                                 "deliveries_by_status",
                                 "deliveries_by_customer_id",
                                 "deliveries_by_agent_id",
                                 "deliveries_by_scheduled_time",
                                 "deliveries_by_priority_rank",
                                 "deliveries_by_package_details_fragile",
                                 "deliveries_location",
                                 "deliveries_by_created_at",
                                 "agents_by_email",
                                 "agents_by_phone",
                                 "agents_by_role",
                                 "agents_by_is_active",
                                 "agents_by_performance_metrics_total_deliveries",
                                 "agents_location",
                                 "customers_by_phone",
                                 "customers_by_email",
                                 "customers_by_total_deliveries",
                                 "customers_by_last_delivery_date",
                                 "users_by_email",
                                 "calendar_events_by_user_id_start_end",
                                 "calendar_events_by_user_id_provider_provider_event_id",
                                 "sessions_by_user_id_provider_expires_at",
                                 "agent_logs_by_user_id_created_at",
                                 "contacts_by_phone",
                                 "chatbots_by_name"})
    CHECK_THAT(names, Catch::VectorContains(string{name}));
}
