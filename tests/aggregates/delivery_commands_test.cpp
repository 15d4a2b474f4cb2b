#include "support.hpp"

#include <aggregates/delivery/delivery.hpp>
#include <catch2/catch.hpp>

#include <limits>

namespace delivery_commands_test {

using namespace domain;
using namespace domain::testing;
using eventstore::testing::given;

namespace {

const ScheduleDelivery schedule{
    "customer-1", "1 Mill Lane", -9.1, 38.7, second(50), 30, DeliveryPriority::normal, 1, {}};
const DeliveryScheduled scheduled{
    "customer-1", "1 Mill Lane", -9.1, 38.7, second(50), 30, DeliveryPriority::normal, 1, {}};
const DeliveryAssigned assigned{"agent-1", {}};
const DeliveryDeparted departed{};
const DeliveryCompleted completed{second(90), {}, {}, {}};
const DeliveryFailed failed{"nobody at home", {}, {}};
const DeliveryCancelled cancelled{};

const auto when_scheduled = given<Delivery>(scheduled);
const auto when_assigned = given<Delivery>(scheduled, assigned);
const auto when_in_transit = given<Delivery>(scheduled, assigned, departed);
const auto when_completed = given<Delivery>(scheduled, assigned, departed, completed);
const auto when_failed = given<Delivery>(scheduled, assigned, departed, failed);
const auto when_cancelled = given<Delivery>(scheduled, cancelled);

template <class Change> ScheduleDelivery with(Change change) {
  auto command = schedule;
  change(command);
  return command;
}

}  // namespace

TEST_CASE("a delivery is scheduled", "[delivery]") {
  CHECK(given<Delivery>().when(schedule).is(scheduled));
  const auto refused = [](auto change) { return given<Delivery>().when(with(change)).is_refused(); };
  CHECK(refused([](auto& c) { c.customer_id.clear(); }));
  CHECK(refused([](auto& c) { c.address.clear(); }));
  CHECK(refused([](auto& c) { c.estimated_duration = 0; }));
  CHECK(refused([](auto& c) { c.max_retries = -1; }));
  CHECK(refused([](auto& c) { c.package_details = PackageDetails{-1.0, {}, {}, false, false, {}}; }));
  CHECK(refused([](auto& c) {
    c.package_details = PackageDetails{{}, Dimensions{{}, -1.0, {}}, {}, false, false, {}};
  }));
  CHECK(given<Delivery>().when(with([](auto& c) { c.max_retries = 0; })).state().max_retries == 0);
}

TEST_CASE("longitude and latitude come both or neither, and lie on earth", "[delivery]") {
  const auto at = [](std::optional<double> longitude, std::optional<double> latitude) {
    return given<Delivery>().when(with([&](auto& c) { c.longitude = longitude, c.latitude = latitude; }));
  };
  CHECK(!at({}, {}).is_refused());
  CHECK(!at(-180, 90).is_refused());
  CHECK(!at(180, -90).is_refused());
  CHECK(at(1, {}).is_refused("give both longitude and latitude, or neither"));
  CHECK(at({}, 1).is_refused("give both longitude and latitude, or neither"));
  CHECK(at(180.1, 0).is_refused("a longitude is from -180 to 180 degrees"));
  CHECK(at(-180.1, 0).is_refused());
  CHECK(at(0, 90.1).is_refused("a latitude is from -90 to 90 degrees"));
  CHECK(at(0, -90.1).is_refused());
  CHECK(at(std::numeric_limits<double>::quiet_NaN(), 0).is_refused());

  CHECK(when_assigned.when(DepartDelivery{1, {}, {}}).is_refused());
  CHECK(when_assigned.when(TrackDelivery{"here", {}, 1, {}}).is_refused());
  CHECK(when_in_transit.when(CompleteDelivery{200, 0, {}}).is_refused());
  CHECK(when_in_transit.when(FailDelivery{"rain", 0, 200}).is_refused());
}

TEST_CASE("a delivery is rescheduled before it departs", "[delivery]") {
  CHECK(when_scheduled.when(RescheduleDelivery{second(60), "later"}).is(DeliveryRescheduled{second(60), "later"}));
  CHECK(when_assigned.when(RescheduleDelivery{second(60), {}}).is(DeliveryRescheduled{second(60), {}}));
  CHECK(when_scheduled.when(RescheduleDelivery{second(50), {}}).is_nothing());
  CHECK(when_in_transit.when(RescheduleDelivery{second(60), {}})
            .is_refused("an in_transit delivery cannot be rescheduled"));
}

TEST_CASE("a delivery's priority changes until it is over", "[delivery]") {
  const ChangeDeliveryPriority urgent{DeliveryPriority::urgent};
  CHECK(when_scheduled.when(urgent).is(DeliveryPriorityChanged{DeliveryPriority::urgent}));
  CHECK(when_failed.when(urgent).is(DeliveryPriorityChanged{DeliveryPriority::urgent}));
  CHECK(when_scheduled.when(ChangeDeliveryPriority{DeliveryPriority::normal}).is_nothing());
  CHECK(when_completed.when(urgent).is_refused("a completed delivery cannot change its priority"));
}

TEST_CASE("a delivery is assigned, and assigned to a new agent", "[delivery]") {
  CHECK(when_scheduled.when(AssignDelivery{"agent-1", {}}).is(assigned));
  CHECK(when_assigned.when(AssignDelivery{"agent-2", "swap"}).is(DeliveryAssigned{"agent-2", "swap"}));
  CHECK(when_assigned.when(AssignDelivery{"agent-1", {}}).is_nothing());
  CHECK(when_scheduled.when(AssignDelivery{}).is_refused("agent_id may not be empty"));
  CHECK(when_completed.when(AssignDelivery{"agent-1", {}}).is_refused("a completed delivery cannot be assigned"));
  CHECK(when_failed.when(AssignDelivery{"agent-1", {}}).is_refused("a failed delivery cannot be assigned"));
}

TEST_CASE("a delivery departs once it is assigned", "[delivery]") {
  CHECK(when_assigned.when(DepartDelivery{1, 2, "go"}).is(DeliveryDeparted{1, 2, "go"}));
  CHECK(when_scheduled.when(DepartDelivery{}).is_refused("a scheduled delivery cannot depart"));
  CHECK(when_in_transit.when(DepartDelivery{}).is_refused());
}

TEST_CASE("a delivery is tracked until it is over", "[delivery]") {
  CHECK(
      when_in_transit.when(TrackDelivery{"at the depot", {}, {}, {}}).is(DeliveryTracked{"at the depot", {}, {}, {}}));
  CHECK(when_in_transit.when(TrackDelivery{"at the depot", {}, {}, {}}).state().status == DeliveryStatus::in_transit);
  CHECK(when_in_transit.when(TrackDelivery{}).is_refused("status may not be empty"));
  CHECK(when_cancelled.when(TrackDelivery{"lost", {}, {}, {}}).is_refused("a cancelled delivery cannot be tracked"));
}

TEST_CASE("a delivery in transit is completed by the clock", "[delivery]") {
  auto travelling = when_in_transit;
  CHECK(travelling.at(second(90)).when(CompleteDelivery{}).is(completed));
  CHECK(when_assigned.when(CompleteDelivery{}).is_refused("an assigned delivery cannot be completed"));
  CHECK(when_completed.when(CompleteDelivery{}).is_refused());
}

TEST_CASE("a delivery fails from assigned or in transit", "[delivery]") {
  CHECK(when_assigned.when(FailDelivery{"nobody at home", {}, {}}).is(failed));
  CHECK(when_in_transit.when(FailDelivery{"nobody at home", {}, {}}).is(failed));
  CHECK(when_in_transit.when(FailDelivery{}).is_refused("reason may not be empty"));
  CHECK(when_scheduled.when(FailDelivery{"rain", {}, {}}).is_refused("a scheduled delivery cannot fail"));
}

TEST_CASE("a failed delivery is retried while retries are left", "[delivery]") {
  const DeliveryRetried retried{second(70), 1};
  CHECK(when_failed.when(RetryDelivery{second(70)}).is(retried));
  auto again = when_failed;
  again.and_then(retried).and_then(assigned).and_then(failed);
  CHECK(again.when(RetryDelivery{second(80)}).is_refused("no retry is left: 1 of 1 used"));
  CHECK(when_completed.when(RetryDelivery{second(70)}).is_refused("a completed delivery cannot be retried"));
}

TEST_CASE("a delivery is cancelled until it is over", "[delivery]") {
  for (const auto& open : {when_scheduled, when_assigned, when_in_transit, when_failed})
    CHECK(open.when(CancelDelivery{"no"}).is(DeliveryCancelled{"no"}));
  CHECK(when_completed.when(CancelDelivery{}).is_refused("a completed delivery cannot be cancelled"));
  CHECK(when_cancelled.when(CancelDelivery{}).is_refused());
}

TEST_CASE("calls are linked at any time", "[delivery]") {
  CHECK(when_scheduled.when(LinkDeliveryCall{"call-1", {}}).is(DeliveryCallLinked{"call-1", {}}));
  auto linked = when_completed;
  linked.and_then(DeliveryCallLinked{"call-1", {}});
  CHECK(linked.when(LinkDeliveryCall{"call-1", {}}).is_nothing());
  CHECK(linked.when(LinkDeliveryCall{{}, "recording-1"}).is(DeliveryCallLinked{{}, "recording-1"}));
  CHECK(when_scheduled.when(LinkDeliveryCall{}).is_refused("give a call_log_id, a recording_id or both"));
  CHECK(when_scheduled.when(LinkDeliveryCall{"", {}}).is_refused());
}

TEST_CASE("feedback is for completed deliveries, from 1 to 5", "[delivery]") {
  CHECK(when_completed.when(GiveDeliveryFeedback{5, "good"}).is(DeliveryFeedbackReceived{5, "good"}));
  CHECK(when_completed.when(GiveDeliveryFeedback{1, {}}).is(DeliveryFeedbackReceived{1, {}}));
  CHECK(when_completed.when(GiveDeliveryFeedback{0, {}}).is_refused("a rating is from 1 to 5"));
  CHECK(when_completed.when(GiveDeliveryFeedback{6, {}}).is_refused("a rating is from 1 to 5"));
  CHECK(when_failed.when(GiveDeliveryFeedback{5, {}}).is_refused("a failed delivery cannot get feedback"));
}

}  // namespace delivery_commands_test
