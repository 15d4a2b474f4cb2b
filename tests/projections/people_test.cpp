// agents, customers: a person's profile, and the figures of the deliveries that name it.
#include <aggregates/agent/agent.hpp>
#include <aggregates/customer/customer.hpp>

#include "projections/domain_log.hpp"

using namespace domain;

namespace {

const AgentRegistered ana{"Ana Silva", "+351912345678", "ana@example.org", es::Secret{"planted-hash"},
                          AgentRole::agent};
const CustomerRegistered john{"John Doe", "+1234567891", "john@example.com", "123 Main St", {}};

DeliveryScheduled to(string customer_id) {
  auto made = scheduled();
  made.customer_id = std::move(customer_id);
  return made;
}

// The figures of an agent, by name.
const string figures =
    "SELECT active_deliveries, performance_metrics ->> 'total_deliveries', performance_metrics ->> "
    "'successful_deliveries', ratings, ratings_sum, responses, response_seconds FROM agents WHERE aggregate_id = ";

}  // namespace

TEST_CASE("an agent's document has its profile and none of its secrets", "[projections][agents]") {
  DomainLog log;
  log.record("agent-a-1", ana);
  log.record("agent-a-1", AgentPushSubscribed{es::Secret{"planted-endpoint"}, es::Secret{"planted-auth"},
                                              es::Secret{"planted-key"}});
  log.record("agent-a-1", AgentLocated{-9.14, 38.72});
  log.record("agent-a-1", AgentLoggedIn{});
  const auto document = log.document("agents");
  CHECK(document ==
        canonical(R"({"_id":")" + es::document_id("agents", "org-1\na-1").to_string() +
                  R"(","organization_id":"org-1","aggregate_id":"a-1","name":"Ana Silva","phone":"+351912345678",
                     "email":"ana@example.org","role":"agent","active_deliveries":0,
                     "current_location":{"longitude":-9.14,"latitude":38.72},"is_active":true,
                     "last_login":"2026-01-27T10:30:03.000000Z","login_count":1,
                     "performance_metrics":{"total_deliveries":0,"successful_deliveries":0,"average_rating":0,
                     "response_time":0},"ratings":0,"ratings_sum":0,"responses":0,"response_seconds":0,
                     "version":4,"createdAt":"2026-01-27T10:30:00.000000Z",
                     "updatedAt":"2026-01-27T10:30:03.000000Z"})"));
  for (const auto& row : log.dump(*log.collections)) CHECK_THAT(row, !Catch::Contains("planted"));
  CHECK(log.rows("SELECT aggregate_id FROM agents JOIN agents_location ON id = _row WHERE min_longitude BETWEEN -10 "
                 "AND -9") == Rows{"a-1"});
}

TEST_CASE("an agent's figures follow its deliveries, also from one agent to the next", "[projections][agents]") {
  DomainLog log;
  log.record("delivery-1", scheduled());
  log.record("delivery-1", DeliveryAssigned{.agent_id = "a-1"});
  CHECK(log.rows(figures + "'a-1'") == Rows{"1 | 0 | 0 | 0 | 0 | 0 | 0"});
  log.record("agent-a-1", ana);
  log.record("delivery-1", DeliveryAssigned{.agent_id = "a-2"});
  CHECK(log.rows(figures + "'a-1'") == Rows{"0 | 0 | 0 | 0 | 0 | 0 | 0"});
  CHECK(log.rows(figures + "'a-2'") == Rows{"1 | 0 | 0 | 0 | 0 | 0 | 0"});
  log.clock.advance_seconds(60);
  log.record("delivery-1", DeliveryDeparted{});
  log.record("delivery-1", DeliveryCompleted{.actual_delivery_time = log.clock.now()});
  log.record("delivery-1", DeliveryFeedbackReceived{4, {}});
  log.record("delivery-1", DeliveryFeedbackReceived{5, {}});
  // From the first assignment on: a new agent for an assigned delivery is no step of its own.
  CHECK(log.rows(figures + "'a-2'") == Rows{"0 | 1 | 1 | 1 | 5 | 1 | 63"});
  CHECK(log.rows("SELECT name, is_active, version FROM agents ORDER BY aggregate_id") ==
        Rows{"Ana Silva | 1 | 1", " | 0 | 0"});
}

TEST_CASE("an agent's means are those of its deliveries", "[projections][agents]") {
  DomainLog log;
  const string means =
      "SELECT performance_metrics ->> 'average_rating', performance_metrics ->> 'response_time' FROM agents";
  for (const auto* const stream : {"delivery-1", "delivery-2"}) {
    log.record(stream, scheduled());
    log.record(stream, DeliveryAssigned{.agent_id = "a-1"});
    log.clock.advance_seconds(stream == string{"delivery-1"} ? 599 : 1199);
    log.record(stream, DeliveryDeparted{});
    log.record(stream, DeliveryCompleted{.actual_delivery_time = log.clock.now()});
  }
  CHECK(log.rows(means) == Rows{"0.0 | 15.0"});
  log.record("delivery-1", DeliveryFeedbackReceived{4, {}});
  CHECK(log.rows(means) == Rows{"4.0 | 15.0"});
  log.record("delivery-2", DeliveryFeedbackReceived{5, {}});
  CHECK(log.rows(means) == Rows{"4.5 | 15.0"});
}

TEST_CASE("a failed delivery counts for its agent until it is tried again", "[projections][agents]") {
  DomainLog log;
  log.record("delivery-1", scheduled());
  log.record("delivery-1", DeliveryAssigned{.agent_id = "a-1"});
  log.record("delivery-1", DeliveryFailed{.reason = "nobody there"});
  CHECK(log.rows(figures + "'a-1'") == Rows{"0 | 1 | 0 | 0 | 0 | 0 | 0"});
  log.record("delivery-1", DeliveryRetried{moment("2026-01-29T09:00:00Z"), 1});
  CHECK(log.rows(figures + "'a-1'") == Rows{"0 | 0 | 0 | 0 | 0 | 0 | 0"});
}

TEST_CASE("a customer's document has its profile, and is empty once it is erased", "[projections][customers]") {
  DomainLog log;
  log.record("customer-c-1", john);
  CustomerPreferencesChanged wishes{};
  wishes.preferences.preferred_days = {Weekday::monday};
  log.record("customer-c-1", wishes);
  CHECK(log.document("customers") ==
        canonical(R"({"_id":")" + es::document_id("customers", "org-1\nc-1").to_string() +
                  R"(","organization_id":"org-1","aggregate_id":"c-1","name":"John Doe","phone":"+1234567891",
                     "email":"john@example.com","address":"123 Main St","preferences":{"preferred_times":[],
                     "preferred_days":["monday"],"contact_method":"call","language":"en",
                     "timezone":"America/New_York"},"call_history":[],"total_deliveries":0,"successful_deliveries":0,"ratings":0,
                     "ratings_sum":0,"version":2,"createdAt":"2026-01-27T10:30:00.000000Z",
                     "updatedAt":"2026-01-27T10:30:01.000000Z"})"));
  CHECK(log.rows("SELECT value FROM customers_elements") == Rows{"monday"});
  log.record("customer-c-1", CustomerErased{});
  CHECK(log.rows("SELECT value FROM customers_elements").empty());
  CHECK(log.rows("SELECT name, phone, email, address, preferences ->> 'preferred_days', erased_at FROM customers") ==
        Rows{" |  | - | - | [] | 2026-01-27T10:30:02.000000Z"});
}

TEST_CASE("a customer's figures are those of its deliveries", "[projections][customers]") {
  DomainLog log;
  const string all =
      "SELECT total_deliveries, successful_deliveries, last_delivery_date, customer_rating, ratings, ratings_sum FROM "
      "customers";
  log.record("delivery-1", to("c-1"));
  log.record("delivery-2", to("c-1"));
  log.record("customer-c-1", john);
  CHECK(log.rows(all) == Rows{"0 | 0 | - | - | 0 | 0"});
  const auto noon = moment("2026-01-27T12:00:00Z");
  log.record("delivery-1", DeliveryCompleted{.actual_delivery_time = noon});
  log.record("delivery-1", DeliveryFeedbackReceived{4, {}});
  log.record("delivery-2", DeliveryFailed{.reason = "nobody there"});
  CHECK(log.rows(all) == Rows{"2 | 1 | 2026-01-27T12:00:00.000000Z | 4.0 | 1 | 4"});
  log.record("delivery-3", to("c-1"));
  log.record("delivery-3", DeliveryCompleted{.actual_delivery_time = moment("2026-01-26T12:00:00Z")});
  CHECK(log.rows(all) == Rows{"3 | 2 | 2026-01-27T12:00:00.000000Z | 4.0 | 1 | 4"});
}

TEST_CASE("a delivery that ends before its schedule counts for its customer with the schedule",
          "[projections][customers]") {
  DomainLog log;
  const auto noon = moment("2026-01-27T12:00:00Z");
  log.record("delivery-1", DeliveryCompleted{.actual_delivery_time = noon});
  CHECK(log.rows("SELECT aggregate_id FROM customers").empty());
  log.record("delivery-1", to("c-1"));
  CHECK(log.rows("SELECT total_deliveries, successful_deliveries, last_delivery_date, name FROM customers") ==
        Rows{"1 | 1 | 2026-01-27T12:00:00.000000Z | "});
}

TEST_CASE("people of two organizations with one id are two documents", "[projections][agents]") {
  DomainLog log;
  log.record("delivery-1", scheduled());
  log.record("delivery-1", DeliveryAssigned{.agent_id = "a-1"});
  log.metadata.organization = "org-2";
  log.record("delivery-2", scheduled());
  log.record("delivery-2", DeliveryAssigned{.agent_id = "a-1"});
  CHECK(log.rows("SELECT organization_id, active_deliveries FROM agents ORDER BY 1") == Rows{"org-1 | 1", "org-2 | 1"});
}
