#include "projections/domain_log.hpp"

using namespace domain;

namespace {
Rows actions(DomainLog& log) {
  return log.rows("SELECT action, resource_type, resource_id FROM audit_logs ORDER BY position");
}
Rows changes(DomainLog& log) { return log.rows("SELECT changes FROM audit_logs ORDER BY position"); }
}  // namespace

TEST_CASE("an audit line says who did what to what, and from where", "[projections][audit_logs]") {
  DomainLog log;
  log.metadata.user_id = "u-9";
  log.metadata.ip_address = "10.0.0.1";
  log.metadata.user_agent = "curl/8";
  const auto id = log.record("conversation-c-1", ConversationReopened{});
  CHECK(log.document("audit_logs") ==
        canonical(R"({"_id":")" + es::document_id("audit_logs", "conversation-c-1\n" + id.to_string()).to_string() +
                  R"(","organization_id":"org-1","user_id":"u-9","action":"create","resource_type":"conversation",
                     "resource_id":"c-1","changes":{"before":{},"after":{"channel":"whatsapp","status":"open"}},"ip_address":"10.0.0.1",
                     "user_agent":"curl/8","created_at":"2026-01-27T10:30:00.000000Z","position":1})"));
}

TEST_CASE("what is not known of who acted is left out", "[projections][audit_logs]") {
  DomainLog log;
  log.record("conversation-c-1", ConversationReopened{});
  CHECK(log.rows("SELECT user_id, ip_address, user_agent FROM audit_logs") == Rows{" | - | -"});
}

TEST_CASE("the first event creates, an execution executes, a deletion deletes, all others update",
          "[projections][audit_logs]") {
  DomainLog log;
  log.record("campaign-1", CampaignCreated{.campaign_id = "1", .name = "n", .content = "c"});
  log.record("campaign-1", CampaignScheduled{moment("2026-02-01T00:00:00Z")});
  log.record("campaign-1", CampaignExecuted{.campaign_id = "1", .contacts_count = 3});
  log.record("campaign-1", CampaignDeleted{});
  log.record("conversation-2", ConversationOpened{.contact_id = "x"});
  log.record("conversation-2", ConversationDeleted{});
  log.record("delivery-3", scheduled());
  log.record("delivery-3", DeliveryCancelled{});
  log.record("metric-cpu", MetricRecorded{.metric_type = "cpu", .value = 1});
  CHECK(actions(log) == Rows{"create | campaign | 1", "update | campaign | 1", "execute | campaign | 1",
                             "delete | campaign | 1", "create | conversation | 2", "delete | conversation | 2",
                             "create | delivery | 3", "update | delivery | 3", "create | metric | cpu"});
}

TEST_CASE("a recorded action names its own resource and brings its own changes", "[projections][audit_logs]") {
  DomainLog log;
  log.record("activity-u-7", ActionRecorded{Action::view, "report", "r-1", {}});
  log.metadata.user_id = "admin";
  log.record("activity-u-7", ActionRecorded{Action::delete_, "contact", "k-2",
                                            ActionChanges{es::Json{R"({"name":"Ada"})"}, es::Json{"null"}}});
  CHECK(actions(log) == Rows{"view | report | r-1", "delete | contact | k-2"});
  CHECK(changes(log) == Rows{R"({"before":{},"after":{}})", R"({"before":{"name":"Ada"},"after":null})"});
  CHECK(log.rows("SELECT user_id FROM audit_logs ORDER BY position") == Rows{"u-7", "admin"});
}

TEST_CASE("changes hold only the fields that the event changed, before and after", "[projections][audit_logs]") {
  DomainLog log;
  log.record("delivery-3", scheduled());
  log.record("delivery-3", DeliveryPriorityChanged{DeliveryPriority::urgent});
  log.record("delivery-3", DeliveryPriorityChanged{DeliveryPriority::urgent});
  log.record("delivery-3", DeliveryCallLinked{.call_log_id = "call-1"});
  auto found = changes(log);
  REQUIRE(found.size() == 4);
  CHECK_THAT(found[0], Catch::StartsWith(R"({"before":{},"after":{"customer_id":)") &&
                           Catch::Contains(R"("status":"scheduled")") && !Catch::Contains("1970") &&
                           !Catch::Contains("agent_id"));
  CHECK(found[1] == R"({"before":{"priority":"normal"},"after":{"priority":"urgent"}})");
  CHECK(found[2] == R"({"before":{},"after":{}})");
  CHECK(canonical(found[3]) == canonical(R"({"before":{"call_log_id":null},"after":{"call_log_id":"call-1"}})"));
  log.record("conversation-c-1", sent("m-1"));
  log.record("conversation-c-1", sent("m-2"));
  log.record("conversation-c-1", MessageRead{"m-2"});
  CHECK(canonical(changes(log).back()) ==
        canonical(R"({"before":{"messages":{"m-2":"sent"},"counts":{"sent":2,"read":null}},
                      "after":{"messages":{"m-2":"read"},"counts":{"sent":1,"read":1}}})"));
}

TEST_CASE("one step more of a delivery is one element in its audit line", "[projections][audit_logs]") {
  DomainLog log;
  log.record("delivery-3", scheduled());
  log.record("delivery-3", DeliveryTracked{.status = "left the depot"});
  log.record("delivery-3", DeliveryTracked{.status = "at the door"});
  CHECK(changes(log).back() ==
        R"({"before":{"tracking_events":{"1":null}},"after":{"tracking_events":{"1":{"status":"at the door",)"
        R"("timestamp":"2026-01-27T10:30:02.000000Z"}}}})");
}

TEST_CASE("audit lines of a delivery with many steps grow with the steps alone", "[projections][audit_logs]") {
  DomainLog log;
  log.record("delivery-3", scheduled());
  const auto bytes_of_steps = [&](int steps) {
    for (int i = 0; i < steps; ++i) log.record("delivery-3", DeliveryTracked{.status = "on the way"});
    std::size_t bytes = 0;
    for (const auto& line : changes(log)) bytes += line.size();
    return bytes;
  };
  const auto first = bytes_of_steps(500);
  const auto all = bytes_of_steps(500);
  CHECK(all < 2 * first + 2 * 500);  // places have a digit more
}
