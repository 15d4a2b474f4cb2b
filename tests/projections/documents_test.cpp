// campaigns, conversations, deliveries: each aggregate as it is.
#include "projections/domain_log.hpp"

using namespace domain;

TEST_CASE("a campaign's document is its state, with its place in its stream", "[projections][campaigns]") {
  DomainLog log;
  log.record("campaign-k-1", CampaignCreated{.campaign_id = "k-1", .name = "Spring", .content = "Hi"});
  log.record("campaign-k-1", CampaignContactsAdded{{"x", "y"}});
  log.record("campaign-k-1", CampaignExecuted{.campaign_id = "k-1", .contacts_count = 2});
  log.record("campaign-k-1", CampaignContactReached{.contact_id = "x", .outcome = ContactOutcome::read});
  CHECK(log.document("campaigns") ==
        canonical(R"({"_id":")" + es::document_id("campaigns", "k-1").to_string() +
                  R"(","organization_id":"org-1","aggregate_id":"k-1","campaign_id":"k-1","name":"Spring",
                     "channel":"whatsapp","content":"Hi","status":"executing","contacts":{"x":"read","y":null},
                     "contacts_count":2,"counts":{"read":1},"executed_at":"2026-01-27T10:30:02.000000Z","version":4,
                     "created_at":"2026-01-27T10:30:00.000000Z","updated_at":"2026-01-27T10:30:03.000000Z"})"));
}

TEST_CASE("a conversation's document is its state", "[projections][conversations]") {
  DomainLog log;
  log.record("conversation-c-1", ConversationOpened{.contact_id = "x", .agent_id = "a-1"});
  log.record("conversation-c-1", sent("m-1"));
  log.record("conversation-c-1", ConversationClosed{.resolution_time_seconds = 60});
  const auto rows = log.rows(
      "SELECT aggregate_id, contact_id, channel, agent_id, status, messages, counts, resolution_time_seconds, version "
      "FROM "
      "conversations");
  CHECK(rows == Rows{R"(c-1 | x | whatsapp | a-1 | closed | {"m-1":"sent"} | {"sent":1} | 60 | 3)"});
}

TEST_CASE("a delivery's document follows its whole life", "[projections][deliveries]") {
  DomainLog log;
  auto made = scheduled();
  made.longitude = 9.99;
  made.latitude = 53.55;
  made.priority = DeliveryPriority::high;
  made.package_details = PackageDetails{.weight = 2.5, .dimensions = Dimensions{.length = 10}, .fragile = true};
  log.record("delivery-1", made);
  const string place =
      "SELECT aggregate_id FROM deliveries JOIN deliveries_location ON id = _row WHERE min_longitude BETWEEN 9 AND 11 "
      "AND min_latitude BETWEEN 53 AND 54";
  const string fragile = "SELECT aggregate_id FROM deliveries WHERE json_extract(package_details, '$.fragile') = 1";
  CHECK(log.rows(place) == Rows{"1"});
  CHECK(log.rows(fragile) == Rows{"1"});
  log.record("delivery-1", DeliveryAssigned{.agent_id = "a-1"});
  log.record("delivery-1", DeliveryDeparted{});
  log.record("delivery-1", DeliveryTracked{.status = "at the gate", .longitude = 10, .latitude = 53.5});
  log.record("delivery-1", DeliveryFailed{.reason = "nobody there"});
  log.record("delivery-1", DeliveryRetried{moment("2026-01-29T09:00:00Z"), 1});
  CHECK(log.rows(
            "SELECT status, agent_id, retry_count, priority, priority_rank, scheduled_time, json_extract(coordinates, "
            "'$.latitude'), version FROM deliveries") ==
        Rows{"scheduled | - | 1 | high | 2 | 2026-01-29T09:00:00.000000Z | 53.55 | 6"});
  CHECK(log.rows("SELECT value ->> 'status' FROM deliveries, json_each(tracking_events) ORDER BY key") ==
        Rows{"assigned", "in_transit", "at the gate", "failed", "scheduled"});
}

TEST_CASE("deliveries are found by how urgent they are, in order", "[projections][deliveries]") {
  DomainLog log;
  for (const auto priority :
       {DeliveryPriority::normal, DeliveryPriority::urgent, DeliveryPriority::low, DeliveryPriority::high}) {
    auto made = scheduled();
    made.priority = priority;
    log.record("delivery-" + string{to_string(priority)}, made);
  }
  CHECK(log.rows("SELECT aggregate_id, priority_rank FROM deliveries ORDER BY priority_rank DESC") ==
        Rows{"urgent | 3", "high | 2", "normal | 1", "low | 0"});
  const auto plan = log.rows(
      "EXPLAIN QUERY PLAN SELECT aggregate_id FROM deliveries WHERE organization_id = 'org-1' AND "
      "priority_rank >= 2 ORDER BY priority_rank DESC");
  CHECK_THAT(plan.front(), Catch::Contains("deliveries_by_priority_rank"));
}

TEST_CASE("a delivery that is in the log twice as scheduled moves on the map", "[projections][deliveries]") {
  DomainLog log;
  auto made = scheduled();
  made.longitude = 9.99;
  made.latitude = 53.55;
  log.record("delivery-1", made);
  log.run();
  made.longitude = 11.57;
  made.latitude = 48.13;
  log.record("delivery-1", made);
  CHECK(log.rows("SELECT round(min_longitude), round(min_latitude) FROM deliveries_location") == Rows{"12.0 | 48.0"});
}
