// Made-up deliveries, by the transitions that decide allows.
#include <aggregates/common/made_up.hpp>
#include <aggregates/delivery/delivery.hpp>
#include <eventstore/aggregate/random.hpp>

namespace domain {
namespace {

using eventstore::Random;
using Decision = Delivery::Decision;

// Some half hour of the next three days.
eventstore::Timestamp appointment(Random& random) {
  return random.now().start_of_hour().plus_seconds(random.between(2, 144) * 1'800);
}

double tenths(Random& random, std::int64_t low, std::int64_t high) {
  return static_cast<double>(random.between(low, high)) / 10;
}

PackageDetails package(Random& random) {
  PackageDetails details{};
  details.weight = tenths(random, 1, 250);
  if (random.chance(80)) details.dimensions = Dimensions{tenths(random, 50, 900), tenths(random, 50, 600), {}};
  if (details.dimensions && random.chance(90)) details.dimensions->height = tenths(random, 20, 500);
  if (random.chance(70)) details.value = tenths(random, 50, 9'000);
  details.fragile = random.chance(20);
  details.signature_required = random.chance(30);
  details.special_instructions = made_up::sometimes(random, 15, "leave it with the neighbours");
  return details;
}

DeliveryScheduled schedule(Random& random) {
  DeliveryScheduled event{};
  auto place = made_up::place(random);
  event.customer_id = made_up::customer_id(random);
  event.address = std::move(place.address);
  if (random.chance(90)) {
    event.longitude = place.coordinates.longitude;
    event.latitude = place.coordinates.latitude;
  }
  event.scheduled_time = appointment(random);
  event.estimated_duration = random.between(2, 12) * 5;
  event.priority = random.pick({DeliveryPriority::low, DeliveryPriority::normal, DeliveryPriority::normal,
                                DeliveryPriority::normal, DeliveryPriority::high, DeliveryPriority::urgent});
  event.max_retries = random.chance(80) ? 3 : random.between(0, 5);
  if (random.chance(80)) event.package_details = package(random);
  return event;
}

// Puts the event near where the delivery goes, where that is known.
template <class Event> Event near_address(Event event, Random& random, const DeliveryState& state) {
  if (!state.coordinates || !random.chance(75)) return event;
  event.longitude = state.coordinates->longitude;
  event.latitude = state.coordinates->latitude;
  return event;
}

std::string reason(Random& random) {
  return std::string{random.pick<std::string_view>(
      {"nobody at home", "address not found", "van broke down", "customer refused", "parcel damaged"})};
}

Decision call(Random& random) {
  DeliveryCallLinked event{};
  event.call_log_id = random.uuid().to_string();
  if (random.chance(50)) event.recording_id = random.uuid().to_string();
  return event;
}

Decision change_priority(Random& random, const DeliveryState& state) {
  const auto step = random.between(1, 3);
  const auto next = static_cast<DeliveryPriority>((static_cast<int>(state.priority) + step) % 4);
  return DeliveryPriorityChanged{next};
}

Decision when_scheduled(Random& random, const DeliveryState& state) {
  const auto roll = random.below(100);
  if (roll < 6) return DeliveryRescheduled{appointment(random), made_up::sometimes(random, 60, "customer asked")};
  if (roll < 11) return change_priority(random, state);
  if (roll < 14) return DeliveryCancelled{made_up::sometimes(random, 70, "order withdrawn")};
  if (roll < 20) return call(random);
  return DeliveryAssigned{made_up::agent_id(random), made_up::sometimes(random, 20, "ring twice")};
}

Decision when_assigned(Random& random, const DeliveryState& state) {
  const auto roll = random.below(100);
  if (roll < 5) {
    auto agent = made_up::agent_id(random);
    if (agent != state.agent_id) return DeliveryAssigned{std::move(agent), "new driver"};
  }
  if (roll < 8) return DeliveryRescheduled{appointment(random), std::nullopt};
  if (roll < 11) return DeliveryFailed{reason(random), {}, {}};
  if (roll < 13) return DeliveryCancelled{made_up::sometimes(random, 50, "order withdrawn")};
  if (roll < 20) return call(random);
  return near_address(DeliveryDeparted{{}, {}, made_up::sometimes(random, 10, "first stop")}, random, state);
}

Decision when_in_transit(Random& random, const DeliveryState& state) {
  const auto roll = random.below(100);
  if (roll < 35) {
    DeliveryTracked event{};
    event.status = random.pick<std::string_view>({"left the depot", "in traffic", "one stop away", "at the door"});
    event.notes = made_up::sometimes(random, 10, "running late");
    return near_address(std::move(event), random, state);
  }
  if (roll < 43) return near_address(DeliveryFailed{reason(random), {}, {}}, random, state);
  if (roll < 44) return DeliveryCancelled{"recalled"};
  const auto notes = made_up::sometimes(random, 20, "handed over in person");
  return near_address(DeliveryCompleted{random.now(), {}, {}, notes}, random, state);
}

Decision when_failed(Random& random, const DeliveryState& state) {
  const auto roll = random.below(100);
  if (roll < 12) return DeliveryCancelled{"gave up"};
  if (roll < 20) return call(random);
  if (roll < 92 && state.retry_count < state.max_retries)
    return DeliveryRetried{appointment(random), state.retry_count + 1};
  return {};
}

Decision when_completed(Random& random, const DeliveryState& state) {
  if (state.customer_feedback || !random.chance(40)) return {};
  const auto rating = random.pick<std::int64_t>({5, 5, 5, 4, 4, 3, 2, 1});
  return DeliveryFeedbackReceived{
      rating, made_up::sometimes(random, 40, rating > 3 ? "quick and friendly" : "it took too long")};
}

}  // namespace

Delivery::Decision Delivery::make_up(Random& random, const State& state) {
  if (state.customer_id.empty()) return schedule(random);
  switch (state.status) {
    case DeliveryStatus::scheduled: return when_scheduled(random, state);
    case DeliveryStatus::assigned: return when_assigned(random, state);
    case DeliveryStatus::in_transit: return when_in_transit(random, state);
    case DeliveryStatus::completed: return when_completed(random, state);
    case DeliveryStatus::failed: return when_failed(random, state);
    case DeliveryStatus::cancelled: return {};
  }
  return {};
}

}  // namespace domain
