#include <aggregates/delivery/delivery.hpp>
#include <eventstore/aggregate/measurements.hpp>

#include <string>

namespace domain {
namespace {

void count(DeliveryStatus end, const std::optional<std::string>& agent_id, DeliveryPriority priority,
           eventstore::Measurements& to) {
  to.add("deliveries_" + std::string{to_string(end)}, 1, {{"agent_id", agent_id}}, {{"priority", to_string(priority)}});
}

// None of the ends changes the agent or the priority, so it does not matter whether they are read before or after. An
// end that comes before the schedule, which has the priority, is counted with the schedule.
void count_end(DeliveryStatus end, const DeliveryState& state, eventstore::Measurements& to) {
  if (!is_early(state)) count(end, state.agent_id, state.priority, to);
}

}  // namespace

void Delivery::measure(const DeliveryScheduled& event, const State& before, const State& after, Measurements& to) {
  if (!before.early || is_early(after)) return;
  for (const auto& end : before.early->ends) count(end.status, end.agent_id, end.priority.value_or(event.priority), to);
}

void Delivery::measure(const DeliveryCompleted&, const State&, const State& after, Measurements& to) {
  count_end(DeliveryStatus::completed, after, to);
}

void Delivery::measure(const DeliveryFailed&, const State&, const State& after, Measurements& to) {
  count_end(DeliveryStatus::failed, after, to);
}

void Delivery::measure(const DeliveryCancelled&, const State&, const State& after, Measurements& to) {
  count_end(DeliveryStatus::cancelled, after, to);
}

}  // namespace domain
