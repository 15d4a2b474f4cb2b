#include "projections/domain_log.hpp"

using namespace domain;

namespace {
Rows metrics(DomainLog& log) {
  return log.rows(
      "SELECT metric_type, value, count, tags, metadata FROM analytics ORDER BY metric_type, tags, metadata");
}
}  // namespace

TEST_CASE("messages are counted by campaign, agent and channel", "[projections][analytics]") {
  DomainLog log;
  const string stream = "conversation-c-1";
  log.record(stream, ConversationOpened{.contact_id = "x", .channel = Channel::sms, .agent_id = "a-1"});
  auto message = sent("m-1");
  message.campaign_id = "k-1";
  log.record(stream, message);
  auto other = sent("m-2");
  other.agent_id = "a-2";
  log.record(stream, other);
  log.record(stream, received("m-3"));
  log.record(stream, MessageDelivered{"m-1"});
  log.record(stream, MessageRead{"m-1"});
  log.record(stream, MessageRead{"m-1"});
  log.record(stream, MessageFailed{.message_id = "m-2"});
  CHECK(metrics(log) ==
        Rows{
            R"(messages_delivered | 1.0 | 1 | {"agent_id":"a-1","campaign_id":"k-1"} | {"channel":"sms"})",
            R"(messages_failed | 1.0 | 1 | {"agent_id":"a-1"} | {"channel":"sms"})",
            R"(messages_read | 1.0 | 1 | {"agent_id":"a-1","campaign_id":"k-1"} | {"channel":"sms"})",
            R"(messages_received | 1.0 | 1 | {"agent_id":"a-1"} | {"channel":"sms"})",
            R"(messages_sent | 1.0 | 1 | {"agent_id":"a-1","campaign_id":"k-1"} | {"channel":"sms"})",
            R"(messages_sent | 1.0 | 1 | {"agent_id":"a-2"} | {"channel":"sms"})",
        });
}

TEST_CASE("a closed conversation counts once and adds its resolution time", "[projections][analytics]") {
  DomainLog log;
  log.record("conversation-c-1", ConversationOpened{.contact_id = "x", .agent_id = "a-1"});
  log.record("conversation-c-1", ConversationClosed{.resolution_time_seconds = 90});
  log.record("conversation-c-2", ConversationClosed{.resolution_time_seconds = 10, .agent_id = "a-1"});
  log.record("conversation-c-3", ConversationClosed{.resolution_time_seconds = 7});
  CHECK(metrics(log) ==
        Rows{
            R"(conversation_resolution_seconds | 100.0 | 2 | {"agent_id":"a-1"} | {"channel":"whatsapp"})",
            R"(conversation_resolution_seconds | 7.0 | 1 | {} | {"channel":"whatsapp"})",
            R"(conversations_closed | 2.0 | 2 | {"agent_id":"a-1"} | {"channel":"whatsapp"})",
            R"(conversations_closed | 1.0 | 1 | {} | {"channel":"whatsapp"})",
        });
}

TEST_CASE("campaigns count executions, contacts, and outcomes that changed", "[projections][analytics]") {
  DomainLog log;
  log.record("campaign-k-1",
             CampaignCreated{.campaign_id = "k-1", .name = "n", .channel = Channel::voice, .content = "c"});
  log.record("campaign-k-1", CampaignExecuted{.campaign_id = "k-1", .contacts_count = 40});
  const auto reach = [&](string contact, ContactOutcome outcome) {
    log.record("campaign-k-1", CampaignContactReached{.contact_id = std::move(contact), .outcome = outcome});
  };
  reach("x", ContactOutcome::sent);
  reach("x", ContactOutcome::read);
  reach("x", ContactOutcome::delivered);
  reach("x", ContactOutcome::read);
  reach("y", ContactOutcome::sent);
  CHECK(metrics(log) == Rows{
                            R"(campaign_contacts | 40.0 | 1 | {"campaign_id":"k-1"} | {"channel":"voice"})",
                            R"(campaign_contacts_reached | 1.0 | 1 | {"campaign_id":"k-1"} | {"outcome":"read"})",
                            R"(campaign_contacts_reached | 2.0 | 2 | {"campaign_id":"k-1"} | {"outcome":"sent"})",
                            R"(campaigns_executed | 1.0 | 1 | {"campaign_id":"k-1"} | {"channel":"voice"})",
                        });
}

TEST_CASE("deliveries count how they ended, by agent and priority", "[projections][analytics]") {
  DomainLog log;
  for (const auto* const stream : {"delivery-1", "delivery-2", "delivery-3"}) log.record(stream, scheduled());
  log.record("delivery-1", DeliveryAssigned{.agent_id = "a-1"});
  log.record("delivery-1", DeliveryPriorityChanged{DeliveryPriority::urgent});
  log.record("delivery-1", DeliveryCompleted{.actual_delivery_time = log.clock.now()});
  log.record("delivery-2", DeliveryAssigned{.agent_id = "a-1"});
  log.record("delivery-2", DeliveryFailed{.reason = "nobody there"});
  log.record("delivery-3", DeliveryCancelled{});
  CHECK(metrics(log) == Rows{
                            R"(deliveries_cancelled | 1.0 | 1 | {} | {"priority":"normal"})",
                            R"(deliveries_completed | 1.0 | 1 | {"agent_id":"a-1"} | {"priority":"urgent"})",
                            R"(deliveries_failed | 1.0 | 1 | {"agent_id":"a-1"} | {"priority":"normal"})",
                        });
}

TEST_CASE("a recorded metric keeps its own labels, in whatever order they were given", "[projections][analytics]") {
  DomainLog log;
  const auto record = [&](double value, std::optional<string> tags) {
    MetricRecorded metric{.metric_type = "cpu", .value = value};
    if (tags) metric.tags = es::Json{*tags};
    log.record("metric-cpu", metric);
  };
  record(0.5, R"({"host":"a","core":1})");
  record(0.25, R"({ "core": 1, "host": "a" })");
  record(1, R"({"host":"b"})");
  record(2, {});
  record(4, "{}");
  CHECK(metrics(log) == Rows{R"(cpu | 0.75 | 2 | {"core":1,"host":"a"} | {})", R"(cpu | 1.0 | 1 | {"host":"b"} | {})",
                             "cpu | 6.0 | 2 | {} | {}"});
}

TEST_CASE("there is one document an hour of UTC, and organizations are apart", "[projections][analytics]") {
  DomainLog log;
  const auto record_at = [&](std::string_view time) {
    log.clock.set(moment(time));
    log.record(log.metadata.organization == "org-1" ? "metric-1" : "metric-2",
               MetricRecorded{.metric_type = "cpu", .value = 1});
  };
  record_at("2026-01-27T10:00:00Z");
  record_at("2026-01-27T10:59:59.999999Z");
  record_at("2026-01-27T23:59:59Z");
  record_at("2026-01-28T00:30:00+01:00");
  record_at("2026-01-28T00:00:00Z");
  log.metadata.organization = "org-2";
  record_at("2026-01-27T10:10:00Z");
  CHECK(
      log.rows(
          "SELECT organization_id, date, hour, timestamp, count FROM analytics ORDER BY organization_id, timestamp") ==
      Rows{"org-1 | 2026-01-27 | 10 | 2026-01-27T10:00:00.000000Z | 2",
           "org-1 | 2026-01-27 | 23 | 2026-01-27T23:00:00.000000Z | 2",
           "org-1 | 2026-01-28 | 0 | 2026-01-28T00:00:00.000000Z | 1",
           "org-2 | 2026-01-27 | 10 | 2026-01-27T10:00:00.000000Z | 1"});
}
