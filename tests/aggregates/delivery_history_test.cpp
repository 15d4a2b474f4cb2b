#include "support.hpp"

#include <aggregates/delivery/delivery.hpp>
#include <catch2/catch.hpp>

namespace delivery_history_test {

using namespace domain;
using namespace domain::testing;

namespace {

const DeliveryScheduled scheduled{"customer-1",    "1 Mill Lane", -9.1, 38.7, second(50), 45, DeliveryPriority::high, 2,
                                  PackageDetails{}};
const DeliveryAssigned assigned{"agent-1", "ring twice"};
const DeliveryDeparted departed{-9.0, 38.6, {}};
const DeliveryCompleted completed{second(90), {}, {}, "in person"};
const DeliveryFailed failed{"nobody at home", -9.2, 38.8};
const DeliveryCancelled cancelled{"withdrawn"};

}  // namespace

TEST_CASE("a delivery's life shows in its state", "[delivery]") {
  const auto state = history<Delivery>(scheduled, assigned, departed, DeliveryTracked{"at the door", {}, {}, {}},
                                       completed, DeliveryFeedbackReceived{5, "good"}, DeliveryCallLinked{"call-1", {}},
                                       DeliveryCallLinked{{}, "recording-1"});
  CHECK(state.customer_id == "customer-1");
  CHECK(state.agent_id == "agent-1");
  CHECK(state.address == "1 Mill Lane");
  CHECK(state.coordinates == Coordinates{-9.1, 38.7});
  CHECK(state.scheduled_time == second(50));
  CHECK(state.estimated_duration == 45);
  CHECK(state.status == DeliveryStatus::completed);
  CHECK(state.priority == DeliveryPriority::high);
  CHECK(state.package_details == PackageDetails{});
  CHECK(state.actual_delivery_time == second(90));
  CHECK(state.customer_feedback == CustomerFeedback{5, "good"});
  CHECK(state.call_log_id == "call-1");
  CHECK(state.recording_id == "recording-1");
  CHECK(state.max_retries == 2);
  CHECK(state.tracking_events == eventstore::List<TrackingEvent>{
                                     {"assigned", second(2), {}, "ring twice"},
                                     {"in_transit", second(3), Coordinates{-9.0, 38.6}, {}},
                                     {"at the door", second(4), {}, {}},
                                     {"completed", second(5), {}, "in person"},
                                 });
}

TEST_CASE("a retry starts again without an agent", "[delivery]") {
  const auto state = history<Delivery>(scheduled, assigned, failed, DeliveryRetried{second(70), 1});
  CHECK(state.status == DeliveryStatus::scheduled);
  CHECK(!state.agent_id);
  CHECK(state.retry_count == 1);
  CHECK(state.scheduled_time == second(70));
  REQUIRE(state.tracking_events.size() == 3);
  CHECK(state.tracking_events[1] == TrackingEvent{"failed", second(3), Coordinates{-9.2, 38.8}, "nobody at home"});
  CHECK(state.tracking_events[2] == TrackingEvent{"scheduled", second(4), {}, {}});
}

TEST_CASE("a new agent is no new status; time and priority change quietly", "[delivery]") {
  const auto state =
      history<Delivery>(scheduled, assigned, DeliveryAssigned{"agent-2", {}}, DeliveryRescheduled{second(60), {}},
                        DeliveryPriorityChanged{DeliveryPriority::urgent});
  CHECK(state.agent_id == "agent-2");
  CHECK(state.scheduled_time == second(60));
  CHECK(state.priority == DeliveryPriority::urgent);
  CHECK(state.tracking_events.size() == 1);
}

TEST_CASE("any history of a delivery is taken as fact", "[delivery]") {
  SECTION("a departure without an agent") {
    const auto state = history<Delivery>(scheduled, departed);
    CHECK(state.status == DeliveryStatus::in_transit);
    CHECK(!state.agent_id);
  }
  SECTION("a cancellation after completion") {
    const auto state = history<Delivery>(scheduled, assigned, departed, completed, cancelled);
    CHECK(state.status == DeliveryStatus::cancelled);
    CHECK(state.actual_delivery_time == second(90));
    CHECK(state.tracking_events.back() == TrackingEvent{"cancelled", second(5), {}, "withdrawn"});
  }
  SECTION("a clock that runs backwards") {
    DeliveryState state{};
    Delivery::evolve(state, scheduled, at(second(9)));
    Delivery::evolve(state, assigned, at(second(8)));
    Delivery::evolve(state, departed, at(second(7)));
    CHECK(state.tracking_events[0].timestamp == second(8));
    CHECK(state.tracking_events[1].timestamp == second(7));
  }
  SECTION("half a place is none, and a completion repeated is no new status") {
    const auto state = history<Delivery>(DeliveryTracked{"somewhere", 5, {}, {}}, completed, completed);
    CHECK(state.tracking_events.size() == 2);
    CHECK(!state.tracking_events[0].location);
    CHECK(state.customer_id.empty());
  }
}

TEST_CASE("ends of deliveries are measured with agent and priority", "[delivery]") {
  const auto travelling = history<Delivery>(scheduled, assigned, departed);
  CHECK(measured<Delivery>(travelling, completed) ==
        Lines{R"(deliveries_completed 1 {"agent_id":"agent-1"} {"priority":"high"})"});
  CHECK(measured<Delivery>(travelling, failed) ==
        Lines{R"(deliveries_failed 1 {"agent_id":"agent-1"} {"priority":"high"})"});
  CHECK(measured<Delivery>(history<Delivery>(scheduled), cancelled) ==
        Lines{R"(deliveries_cancelled 1 {} {"priority":"high"})"});
}

}  // namespace delivery_history_test
