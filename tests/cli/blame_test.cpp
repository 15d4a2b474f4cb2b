#include "stories.hpp"

namespace blame_test {

using namespace eventstore::cli_test;

namespace {

// "path = value: version type" of each row.
std::vector<std::string> shown(const std::string& rows) {
  std::vector<std::string> lines;
  for (const auto& row : lines_of(rows)) {
    const auto at = row.find("\",\"v") + 1;  // behind the path, in which there may be quotes
    const auto path = row.substr(9, at - 10);
    lines.push_back(path + " = " + value(row, "value") + ": " + value(row, "version") + ' ' + value(row, "event_type"));
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("blame names the event that set each field of each aggregate", "[blame]") {
  const Stories stories;
  CHECK(shown(stories.result({"blame", "campaign-spring"})) ==
        Lines{"campaign_id = spring: 1 CampaignCreated", "name = Spring: 1 CampaignCreated",
              "channel = whatsapp: 1 CampaignCreated", "content = Hello: 1 CampaignCreated",
              "status = executing: 4 CampaignExecuted", R"(contacts[\"c/1\"] = answered: 5 CampaignContactReached)",
              "contacts_count = 1: 3 CampaignContactsRemoved", R"(counts[\"answered\"] = 1: 5 CampaignContactReached)",
              "executed_at = 2026-03-04T08:00:00.000000Z: 4 CampaignExecuted"});
  CHECK(shown(stories.result({"blame", "conversation-talk"})) ==
        Lines{"contact_id = p-1: 1 ConversationOpened", "channel = whatsapp: 1 ConversationOpened",
              "status = open: 1 ConversationOpened", R"(messages[\"m.1\"] = read: 4 MessageRead)",
              R"(counts[\"read\"] = 1: 4 MessageRead)", R"(message_campaigns[\"m.1\"] = spring: 2 MessageSent)",
              "opened_at = 2026-03-01T09:00:00.000000Z: 1 ConversationOpened"});
  CHECK(shown(stories.result({"blame", "delivery-d-1", "tracking_events"})) ==
        Lines{"tracking_events[0].status = assigned: 2 DeliveryAssigned",
              "tracking_events[0].timestamp = 2026-01-27T10:30:00.000000Z: 2 DeliveryAssigned",
              "tracking_events[1].status = in_transit: 3 DeliveryDeparted",
              "tracking_events[1].timestamp = 2026-01-27T10:30:00.000000Z: 3 DeliveryDeparted",
              "tracking_events[2].status = completed: 4 DeliveryCompleted",
              "tracking_events[2].timestamp = 2026-01-28T08:55:00.000000Z: 4 DeliveryCompleted"});
}

TEST_CASE("blame prints where the event stands and who wrote it", "[blame]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, R"({"organization_id":"org-1","event_type":"DeliveryAssigned",)"
                                      R"("event_data":{"agent_id":"agent-1"},"aggregate_id":"d-1",)"
                                      R"("aggregate_type":"delivery","created_at":"2026-01-27T10:30:00Z",)"
                                      R"("metadata":{"user_id":"u-7"},)"
                                      R"("event_id":"5a1c8f5e-2f6b-5b1e-9d3e-0c6b2f8e7a11"})");
  CHECK(shell.result({"blame", "delivery-d-1", "agent_id"}) ==
        R"({"path":"agent_id","value":"agent-1","version":1,"position":1,)"
        R"("event_id":"5a1c8f5e-2f6b-5b1e-9d3e-0c6b2f8e7a11","event_type":"DeliveryAssigned",)"
        R"("created_at":"2026-01-27T10:30:00.000000Z","user_id":"u-7"})"
        "\n");
}

TEST_CASE("blame with all prints each event that ever set a value", "[blame]") {
  const Stories stories;
  CHECK(shown(stories.result({"blame", "delivery-d-1", "status", "--all"})) ==
        Lines{"status = scheduled: 1 DeliveryScheduled", "status = assigned: 2 DeliveryAssigned",
              "status = in_transit: 3 DeliveryDeparted", "status = completed: 4 DeliveryCompleted"});
  const auto table = stories.result({"--table", "blame", "campaign-spring", "contacts", "--all"});
  CHECK_THAT(table, Catch::Contains(R"(contacts["c-2"]  (gone)    3 CampaignContactsRemoved)"));
  CHECK_THAT(table, Catch::Contains(R"(contacts["c-2"]  null      2 CampaignContactsAdded)"));
}

TEST_CASE("blame tells of an earlier state and of what was removed", "[blame]") {
  const Stories stories;
  const auto status = [&](const std::string& option, const std::string& moment) {
    return value(stories.result({"blame", "delivery-d-1", "status", option, moment}), "event_type");
  };
  CHECK(status("--at-version", "2") == "DeliveryAssigned");
  CHECK(status("--at-position", "12") == "DeliveryDeparted");
  CHECK(status("--at-time", "2026-01-28") == "DeliveryDeparted");
  const auto removed = stories.result({"blame", "campaign-spring", "contacts[\"c-2\"]"});
  CHECK(value(removed, "event_type") == "CampaignContactsRemoved");
  CHECK(removed.find("\"value\"") == std::string::npos);
  CHECK(stories.result({"blame", "delivery-d-1", "coordinates"}) == "{\"path\":\"coordinates\"}\n");
}

TEST_CASE("blame refuses paths that the state does not have", "[blame]") {
  const Stories stories;
  const auto refused = [&](const std::string& path) { return stories.run({"blame", "delivery-d-1", path}); };
  require_complaint(refused("statsu"), 2, {"no field statsu", "status"});
  require_complaint(refused("coordinates.height"), 2, {"coordinates", "no field height", "latitude"});
  require_complaint(refused("status.x"), 2, {"status", "has no field x"});
  require_complaint(refused("tracking_events[x]"), 2, {"column 17", "the place of an element"});
  require_complaint(refused("tracking_events[3]"), 4, {"no element 3", "has 3"});
  require_complaint(refused("early"), 2, {"bookkeeping"});
  CHECK_THAT(refused("statsu").err, !Catch::Contains("early"));
  require_complaint(refused("["), 2, {"column 2"});
  require_complaint(refused(std::string(5'000, '.')), 2, {"expected a name"});
  require_complaint(stories.run({"blame", "campaign-spring", "contacts[\"nobody\"]"}), 4, {"nobody"});
  require_complaint(stories.run({"blame", "delivery-d-9"}), 4, {"no such stream"});
  require_complaint(stories.run({"blame", "delivery-d-1", "--at-version", "9"}), 4, {"ends at version 4"});
  require_complaint(stories.run({"blame", "parcel-1"}), 2, {"parcel", "delivery"});
}

}  // namespace blame_test
