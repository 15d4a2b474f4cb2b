#include <aggregates/delivery/delivery.hpp>
#include <eventstore/aggregate/measurements.hpp>

namespace domain {
namespace {

// None of these events changes the agent or the priority, so it does not matter whether they are read before or after.
void count(std::string_view metric_type, const DeliveryState& state, eventstore::Measurements& to) {
  to.add(metric_type, 1, {{"agent_id", state.agent_id}}, {{"priority", to_string(state.priority)}});
}

}  // namespace

void Delivery::measure(const DeliveryCompleted&, const State&, const State& after, Measurements& to) {
  count("deliveries_completed", after, to);
}

void Delivery::measure(const DeliveryFailed&, const State&, const State& after, Measurements& to) {
  count("deliveries_failed", after, to);
}

void Delivery::measure(const DeliveryCancelled&, const State&, const State& after, Measurements& to) {
  count("deliveries_cancelled", after, to);
}

}  // namespace domain
