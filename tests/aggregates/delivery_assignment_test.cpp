// Whether a delivery may be assigned rests on the agent, in the log too.
#include <aggregates/delivery/delivery.hpp>
#include <catch2/catch.hpp>
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/core/must.hpp>
#include <eventstore/log/memory_log.hpp>

#include "aggregate/rival_log.hpp"
#include "support.hpp"

namespace delivery_assignment_test {

using namespace domain;
using namespace domain::testing;
using eventstore::Errc;
using eventstore::Secret;
using eventstore::testing::given;

namespace {

namespace es = eventstore;

const AgentRegistered ana{"Ana Silva", "+351912345678", "ana@example.org", Secret{"$argon2id$x"}, AgentRole::agent};
const DeliveryScheduled scheduled{.customer_id = "customer-1", .address = "1 Mill Lane", .scheduled_time = second(50)};
const AssignDelivery assign{"agent-1", {}};

struct Depot {
  es::ManualClock clock{second(1)};
  es::MemoryLog memory{clock};
  es::RivalLog log{memory};
  es::Repository<Agent> agents{memory, clock};
  es::Repository<Delivery> deliveries{log, clock};

  Depot() {
    REQUIRE(deliveries.execute(
        "d-1", ScheduleDelivery{.customer_id = "customer-1", .address = "1 Mill Lane", .scheduled_time = second(50)}));
    REQUIRE(agents.execute("agent-1", RegisterAgent{ana.name, ana.phone, ana.email, ana.password_hash, ana.role}));
  }
};

}  // namespace

TEST_CASE("a delivery is not assigned to an agent that is not active", "[delivery][agent]") {
  auto delivery = given<Delivery>(scheduled);
  CHECK(delivery.when(assign).is(DeliveryAssigned{"agent-1", {}}));  // an agent without a stream
  delivery.with<Agent>("agent-1", ana);
  CHECK(delivery.when(assign).is(DeliveryAssigned{"agent-1", {}}));
  delivery.with<Agent>("agent-1", AgentDeactivated{});
  CHECK(delivery.when(assign).is_refused_with("agent_inactive"));
  CHECK(delivery.when(AssignDelivery{"agent-2", {}}).is(DeliveryAssigned{"agent-2", {}}));
  delivery.with<Agent>("agent-1", AgentActivated{});
  CHECK(delivery.when(assign).is(DeliveryAssigned{"agent-1", {}}));
}

TEST_CASE("an agent keeps the deliveries that it has when it is deactivated", "[delivery][agent]") {
  auto delivery = given<Delivery>(scheduled, DeliveryAssigned{"agent-1", {}});
  delivery.with<Agent>("agent-1", ana, AgentDeactivated{});
  CHECK(delivery.when(assign).is_nothing());
  CHECK(delivery.when(DepartDelivery{}).is(DeliveryDeparted{}));
}

TEST_CASE("an agent that is deactivated while a delivery is assigned does not get it", "[delivery][agent]") {
  Depot depot;
  depot.log.rival = [&] {
    depot.log.rival = nullptr;
    REQUIRE(depot.agents.execute("agent-1", DeactivateAgent{}));
  };
  const auto refused = depot.deliveries.execute("d-1", assign);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::refused);
  CHECK(refused.error().refusal_code == "agent_inactive");
  CHECK(es::must(depot.deliveries.load("d-1")).state.status == DeliveryStatus::scheduled);
}

TEST_CASE("an agent that is moved while a delivery is assigned gets it in the next try", "[delivery][agent]") {
  Depot depot;
  depot.log.appends = 0;
  depot.log.rival = [&] {
    depot.log.rival = nullptr;
    REQUIRE(depot.agents.execute("agent-1", LocateAgent{-9.14, 38.72}));
  };
  REQUIRE(depot.deliveries.execute("d-1", assign));
  CHECK(depot.log.appends == 2);
  CHECK(es::must(depot.deliveries.load("d-1")).state.agent_id == "agent-1");
}

TEST_CASE("an agent that is active again gets deliveries again, and one without a stream gets them always",
          "[delivery][agent]") {
  Depot depot;
  REQUIRE(depot.deliveries.execute("d-1", AssignDelivery{"stranger", {}}));
  REQUIRE(depot.agents.execute("agent-1", DeactivateAgent{}));
  CHECK(depot.deliveries.execute("d-1", assign).error().refusal_code == "agent_inactive");
  REQUIRE(depot.agents.execute("agent-1", ActivateAgent{}));
  CHECK(depot.deliveries.execute("d-1", assign));
}

}  // namespace delivery_assignment_test
