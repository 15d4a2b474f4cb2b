// log_action, log_metric, store_event, log_campaign_execution, log_conversation_closed: facts, and the ids that follow.
#include <aggregates/agent/agent.hpp>
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/core/must.hpp>

#include "functions/office.hpp"

using namespace domain;

TEST_CASE("the audit id of an action is its line's, once that is made", "[functions][record]") {
  Office office;
  const auto id = good(office.functions().log_action(
      {"u-9", Action::update, "contact", "k-1", ActionChanges{es::Json{R"({"name":"A"})"}, es::Json{R"({"name":"B"})"}},
       "10.0.0.1", "curl/8"}));
  CHECK(office.types("activity-u-9") == Rows{"ActionRecorded"});
  CHECK(office.rows("SELECT _id, organization_id, user_id, action, resource_type, resource_id, changes, ip_address, "
                    "user_agent, created_at FROM audit_logs") ==
        Rows{id + R"( | org-1 | u-9 | update | contact | k-1 | {"before":{"name":"A"},"after":{"name":"B"}})" +
             " | 10.0.0.1 | curl/8 | 2026-01-27T10:30:00.000000Z"});
}

TEST_CASE("the metric id is that of the document that the value is added to", "[functions][record]") {
  Office office;
  const LogMetric metric{"cpu", 0.5, es::Json{R"({"host":"a"})"}, es::Json{R"({"unit":"%"})"}};
  const auto id = good(office.functions().log_metric(metric));
  office.clock.advance_seconds(60);
  CHECK(good(office.functions().log_metric(metric)) == id);
  CHECK(office.rows("SELECT _id, metric_type, value, count, tags, metadata FROM analytics") ==
        Rows{id + R"( | cpu | 1.0 | 2 | {"host":"a"} | {"unit":"%"})"});
  office.clock.advance_seconds(3600);
  CHECK(good(office.functions().log_metric(metric)) != id);
  CHECK(good(office.functions().log_metric({"cpu", 1, {}, {}})) != id);
}

TEST_CASE("a metric is a number that is finite", "[functions][record]") {
  Office office;
  for (const double value : {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()})
    CHECK(code(office.functions().log_metric({"cpu", value, {}, {}})) == es::Errc::invalid_argument);
  CHECK(*office.log.head() == es::Position{0});
}

TEST_CASE("a stored event is appended whatever the stream's version", "[functions][record]") {
  Office office;
  const auto functions = office.functions();
  const auto first =
      good(functions.store_event({"MessageDelivered", es::Json{R"({"message_id":"m-1"})"}, "c-1", "conversation"}))
          .event_id;
  const auto second =
      good(functions.store_event({"MessageRead", es::Json{R"({"message_id":"m-1"})"}, "c-1", "conversation"})).event_id;
  CHECK(office.types("conversation-c-1") == Rows{"MessageDelivered", "MessageRead"});
  CHECK(office.rows("SELECT event_id, event_type, event_data, version FROM events ORDER BY version") ==
        Rows{first + R"( | MessageDelivered | {"message_id":"m-1"} | 1)",
             second + R"( | MessageRead | {"message_id":"m-1"} | 2)"});
}

TEST_CASE("a stored event claims unique values and names those that another stream has", "[functions][record]") {
  Office office;
  auto context = office.context();
  context.aggregates = office.aggregates;
  const OrganizationFunctions functions{context};
  const auto registered = [&](const char* agent, const string& email) {
    const auto data = R"({"name":"Ann","phone":"","email":")" + email + R"(","password_hash":"h","role":"agent"})";
    return good(functions.store_event({"AgentRegistered", es::Json{data}, agent, "agent"}));
  };
  CHECK_FALSE(registered("a", "ann@example.org").duplicates);
  CHECK(registered("b", "Ann@Example.org").duplicates == Rows{"email"});
  CHECK(office.types("agent-b") == Rows{"AgentRegistered"});
  const auto claims = [&] { return es::must(office.log.streams("claim", {}, 10)).size(); };
  CHECK(claims() == 1);
  // What the claim says holds for commands, too.
  es::CommandOptions options{};
  options.metadata.organization = "org-1";
  es::Repository<Agent> agents{office.log, office.clock};
  const auto refused =
      agents.execute("c", RegisterAgent{.name = "Cy", .phone = {}, .email = "ann@example.org"}, options);
  CHECK(code(refused) == es::Errc::refused);
  // A changed value is released.
  good(functions.store_event({"AgentProfileChanged", es::Json{R"({"email":"other@example.org"})"}, "a", "agent"}));
  CHECK_FALSE(registered("d", "ann@example.org").duplicates);
}

TEST_CASE("a stored event that does not fit is refused, and nothing is written", "[functions][record]") {
  Office office;
  const auto functions = office.functions();
  const auto unknown = functions.store_event({"MessageTeleported", es::Json{"{}"}, "c-1", "conversation"});
  CHECK(code(unknown) == es::Errc::unknown_event_type);
  CHECK_THAT(unknown.error().message(), Catch::Contains("MessageDelivered"));
  CHECK(code(functions.store_event({"MessageRead", es::Json{"{}"}, "c-1", "nowhere"})) == es::Errc::unknown_event_type);
  CHECK(code(functions.store_event({"MessageRead", es::Json{"{}"}, "c-1", "conversation"})) ==
        es::Errc::invalid_argument);
  CHECK(code(functions.store_event({"MessageRead", es::Json{R"({"message_id":"m"})"}, "", "conversation"})) ==
        es::Errc::invalid_argument);
  CHECK(*office.log.head() == es::Position{0});
}

TEST_CASE("an execution's three ids are those of its event, audit line and metric", "[functions][record]") {
  for (const bool created : {false, true}) {
    Office office;
    if (created)
      office.record("campaign-k-1",
                    CampaignCreated{.campaign_id = "k-1", .name = "n", .channel = Channel::sms, .content = "c"});
    const auto ids = good(office.functions().log_campaign_execution({"u-9", "k-1", 250, "10.0.0.1"}));
    CHECK(office.rows("SELECT event_id FROM events WHERE event_type = 'CampaignExecuted'") == Rows{ids.event_id});
    CHECK(
        office.rows("SELECT _id, user_id, action, resource_id, ip_address FROM audit_logs WHERE action = 'execute'") ==
        Rows{ids.audit_id + " | u-9 | execute | k-1 | 10.0.0.1"});
    CHECK(office.rows("SELECT _id, metadata FROM analytics WHERE metric_type = 'campaigns_executed'") ==
          Rows{ids.metric_id + (created ? R"( | {"channel":"sms"})" : R"( | {"channel":"whatsapp"})")});
    CHECK(office.rows("SELECT value FROM analytics WHERE metric_type = 'campaign_contacts'") == Rows{"250.0"});
  }
}

TEST_CASE("a closing's three ids are those of its event, audit line and metric", "[functions][record]") {
  Office office;
  office.record("conversation-c-1", ConversationOpened{.contact_id = "x", .agent_id = "a-1"});
  const auto ids = good(office.functions().log_conversation_closed({"u-9", "c-1", 90, {}}));
  CHECK(office.rows("SELECT event_id FROM events WHERE event_type = 'ConversationClosed'") == Rows{ids.event_id});
  CHECK(office.rows("SELECT _id, action FROM audit_logs WHERE position = 2") == Rows{ids.audit_id + " | update"});
  CHECK(office.rows("SELECT _id, tags FROM analytics WHERE metric_type = 'conversations_closed'") ==
        Rows{ids.metric_id + R"( | {"agent_id":"a-1"})"});
}

TEST_CASE("organizations measure and act under the same names", "[functions][record]") {
  Office office;
  for (const auto* const organization : {"org-1", "org-2", "org-2"}) {
    const auto metric = good(office.functions(organization).log_metric({"cpu", 0.5, {}, {}}));
    const auto audit =
        good(office.functions(organization).log_action({"u-9", Action::view, "page", "p-1", {}, {}, {}}));
    office.run();
    CHECK(office.rows("SELECT organization_id FROM analytics WHERE _id = '" + metric + "'") == Rows{organization});
    CHECK(office.rows("SELECT organization_id, user_id FROM audit_logs WHERE _id = '" + audit + "'") ==
          Rows{string{organization} + " | u-9"});
  }
  CHECK(office.types("metric-cpu").size() == 1);
  CHECK(office.types("metric-cpu@org-2").size() == 2);
}

TEST_CASE("facts of another organization's stream are refused", "[functions][record]") {
  Office office;
  good(office.functions("org-1").log_campaign_execution({"u-9", "k-1", 1, {}}));
  CHECK(code(office.functions("org-2").log_campaign_execution({"u-9", "k-1", 1, {}})) == es::Errc::wrong_organization);
}
