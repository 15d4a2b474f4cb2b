// Any history is fact: nothing here checks a transition. What comes before the schedule takes effect at once; `early`
// keeps what the schedule must then leave alone.
#include <aggregates/common/early.hpp>
#include <aggregates/delivery/delivery.hpp>

#include <utility>

namespace domain {
namespace {

EarlyDelivery& early_of(DeliveryState& state) { return state.early ? *state.early : state.early.emplace(); }

// A delivery that is scheduled keeps every step, and one that is not keeps the newest.
void add_step(DeliveryState& state, TrackingEvent step) {
  if (is_early(state))
    keep_newest(state.tracking_events, std::move(step));
  else
    state.tracking_events.push_back(std::move(step));
}

void keep_early_end(DeliveryState& state, DeliveryStatus status) {
  if (!is_early(state)) return;
  auto& early = early_of(state);
  keep_newest(early.ends, EarlyEnd{status, state.agent_id, early.priority});
}

void reschedule(DeliveryState& state, eventstore::Timestamp scheduled_time) {
  state.scheduled_time = scheduled_time;
  if (is_early(state)) early_of(state).scheduled_time = scheduled_time;
}

// Every change of status is a step on the way; the status that the delivery has already is none.
void change_status(DeliveryState& state, DeliveryStatus status, const eventstore::Metadata& metadata,
                   std::optional<Coordinates> location, const std::optional<std::string>& notes) {
  if (state.status == status) return;
  state.status = status;
  add_step(state, {std::string{to_string(status)}, metadata.created_at, location, notes});
}

}  // namespace

void Delivery::evolve(State& state, const DeliveryScheduled& event, const Metadata& metadata) {
  const bool is_first = is_early(state);
  const auto early = state.early.value_or(EarlyDelivery{});
  state.early.reset();
  state.customer_id = event.customer_id;
  state.address = event.address;
  state.coordinates = coordinates_of(event.longitude, event.latitude);
  state.scheduled_time = early.scheduled_time.value_or(event.scheduled_time);
  state.estimated_duration = event.estimated_duration;
  state.priority = early.priority.value_or(event.priority);
  state.max_retries = event.max_retries;
  state.package_details = event.package_details;
  // A first schedule is where the delivery starts, however far it has come in the meantime.
  if (!is_first) change_status(state, DeliveryStatus::scheduled, metadata, std::nullopt, std::nullopt);
}

void Delivery::evolve(State& state, const DeliveryRescheduled& event) { reschedule(state, event.scheduled_time); }

void Delivery::evolve(State& state, const DeliveryPriorityChanged& event) {
  state.priority = event.priority;
  if (is_early(state)) early_of(state).priority = event.priority;
}

void Delivery::evolve(State& state, const DeliveryAssigned& event, const Metadata& metadata) {
  state.agent_id = event.agent_id;
  change_status(state, DeliveryStatus::assigned, metadata, std::nullopt, event.notes);
}

void Delivery::evolve(State& state, const DeliveryDeparted& event, const Metadata& metadata) {
  change_status(state, DeliveryStatus::in_transit, metadata, coordinates_of(event.longitude, event.latitude),
                event.notes);
}

void Delivery::evolve(State& state, const DeliveryTracked& event, const Metadata& metadata) {
  add_step(state, {event.status, metadata.created_at, coordinates_of(event.longitude, event.latitude), event.notes});
}

void Delivery::evolve(State& state, const DeliveryCompleted& event, const Metadata& metadata) {
  state.actual_delivery_time = event.actual_delivery_time;
  keep_early_end(state, DeliveryStatus::completed);
  change_status(state, DeliveryStatus::completed, metadata, coordinates_of(event.longitude, event.latitude),
                event.notes);
}

void Delivery::evolve(State& state, const DeliveryFailed& event, const Metadata& metadata) {
  keep_early_end(state, DeliveryStatus::failed);
  change_status(state, DeliveryStatus::failed, metadata, coordinates_of(event.longitude, event.latitude), event.reason);
}

void Delivery::evolve(State& state, const DeliveryRetried& event, const Metadata& metadata) {
  state.agent_id.reset();
  state.retry_count = event.retry_count;
  reschedule(state, event.scheduled_time);
  change_status(state, DeliveryStatus::scheduled, metadata, std::nullopt, std::nullopt);
}

void Delivery::evolve(State& state, const DeliveryCancelled& event, const Metadata& metadata) {
  keep_early_end(state, DeliveryStatus::cancelled);
  change_status(state, DeliveryStatus::cancelled, metadata, std::nullopt, event.reason);
}

// A field that the event does not name keeps its value: a recording often comes after its call.
void Delivery::evolve(State& state, const DeliveryCallLinked& event) {
  if (event.call_log_id) state.call_log_id = event.call_log_id;
  if (event.recording_id) state.recording_id = event.recording_id;
}

void Delivery::evolve(State& state, const DeliveryFeedbackReceived& event) {
  state.customer_feedback = CustomerFeedback{event.rating, event.comments};
}

}  // namespace domain
