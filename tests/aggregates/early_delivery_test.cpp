#include "support.hpp"

#include <aggregates/common/early.hpp>
#include <aggregates/delivery/delivery.hpp>
#include <catch2/catch.hpp>

namespace early_delivery_test {

using namespace domain;
using namespace domain::testing;
using eventstore::testing::given;

namespace {

const ScheduleDelivery schedule{"customer-1", "1 Mill Lane", {}, {}, second(50), 30, DeliveryPriority::high, 3, {}};
const DeliveryScheduled scheduled{"customer-1", "1 Mill Lane", {}, {}, second(50), 30, DeliveryPriority::high, 3, {}};
const DeliveryAssigned assigned{"agent-1", {}};
const DeliveryCompleted completed{second(90), {}, {}, {}};
const DeliveryTracked tracked{"at the depot", {}, {}, {}};

}  // namespace

TEST_CASE("a schedule that comes late takes nothing back", "[delivery][early]") {
  const auto state = history<Delivery>(DeliveryPriorityChanged{DeliveryPriority::normal}, assigned, tracked,
                                       DeliveryRescheduled{second(60), {}}, completed, scheduled);
  CHECK(state.customer_id == "customer-1");
  CHECK(state.status == DeliveryStatus::completed);
  CHECK(state.agent_id == "agent-1");
  CHECK(state.priority == DeliveryPriority::normal);
  CHECK(state.scheduled_time == second(60));
  CHECK(state.actual_delivery_time == second(90));
  CHECK(!state.early);
  REQUIRE(state.tracking_events.size() == 3);
  CHECK(state.tracking_events[1] == TrackingEvent{"at the depot", second(3), {}, {}});
  CHECK(state.tracking_events[2].status == "completed");
  // As it ever was for a delivery that had been scheduled.
  CHECK(history<Delivery>(scheduled, completed, scheduled).status == DeliveryStatus::scheduled);
}

TEST_CASE("a call linked before its delivery is scheduled stays linked", "[delivery][early]") {
  const auto state =
      history<Delivery>(DeliveryCallLinked{{}, "recording-1"}, DeliveryCallLinked{"call-1", {}}, scheduled);
  CHECK(state.call_log_id == "call-1");
  CHECK(state.recording_id == "recording-1");
}

TEST_CASE("ends before the schedule are counted with it", "[delivery][early]") {
  CHECK(measured<Delivery>(DeliveryState{}, completed).empty());
  const auto early = history<Delivery>(assigned, DeliveryFailed{"nobody", {}, {}}, DeliveryRetried{second(70), 1},
                                       DeliveryPriorityChanged{DeliveryPriority::low}, completed);
  CHECK(measured<Delivery>(early, scheduled) ==
        Lines{R"(deliveries_failed 1 {"agent_id":"agent-1"} {"priority":"high"})",
              R"(deliveries_completed 1 {} {"priority":"low"})"});
  CHECK(measured<Delivery>(history<Delivery>(scheduled), scheduled).empty());
}

TEST_CASE("of the steps and ends before the schedule the newest hundred are kept", "[delivery][early]") {
  DeliveryState state{};
  const auto track = [&](std::size_t number) {
    Delivery::evolve(state, DeliveryTracked{std::to_string(number), {}, {}, {}}, at(second(1)));
  };
  for (std::size_t n = 0; n < early_receipts_max; ++n) track(n);
  CHECK(state.tracking_events.front().status == "0");
  track(early_receipts_max);
  CHECK(state.tracking_events.size() == early_receipts_max);
  CHECK(state.tracking_events.front().status == "1");
  Delivery::evolve(state, scheduled, at(second(2)));
  track(early_receipts_max + 1);
  CHECK(state.tracking_events.size() == early_receipts_max + 1);

  auto ends = history<Delivery>(DeliveryCancelled{});
  for (std::size_t n = 0; n < early_receipts_max; ++n) Delivery::evolve(ends, completed, at(second(1)));
  CHECK(ends.early->ends.size() == early_receipts_max);
  CHECK(ends.early->ends.front().status == DeliveryStatus::completed);
}

TEST_CASE("a delivery whose receipts came first can be scheduled", "[delivery][early]") {
  CHECK(given<Delivery>(tracked).when(schedule).is(scheduled));
  CHECK(given<Delivery>(assigned, completed).when(schedule).state().status == DeliveryStatus::completed);
  CHECK(given<Delivery>(scheduled).when(schedule).is_refused("the delivery is scheduled already"));
}

}  // namespace early_delivery_test
