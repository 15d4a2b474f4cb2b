// Any history is fact: nothing here checks a transition.
#include <aggregates/delivery/delivery.hpp>

namespace domain {
namespace {

// Every change of status is a step on the way; the status that the delivery has already is none.
void change_status(DeliveryState& state, DeliveryStatus status, const eventstore::Metadata& metadata,
                   std::optional<Coordinates> location, const std::optional<std::string>& notes) {
  if (state.status == status) return;
  state.status = status;
  state.tracking_events.push_back({std::string{to_string(status)}, metadata.created_at, location, notes});
}

}  // namespace

void Delivery::evolve(State& state, const DeliveryScheduled& event, const Metadata& metadata) {
  state.customer_id = event.customer_id;
  state.address = event.address;
  state.coordinates = coordinates_of(event.longitude, event.latitude);
  state.scheduled_time = event.scheduled_time;
  state.estimated_duration = event.estimated_duration;
  state.priority = event.priority;
  state.max_retries = event.max_retries;
  state.package_details = event.package_details;
  change_status(state, DeliveryStatus::scheduled, metadata, std::nullopt, std::nullopt);
}

void Delivery::evolve(State& state, const DeliveryRescheduled& event) { state.scheduled_time = event.scheduled_time; }

void Delivery::evolve(State& state, const DeliveryPriorityChanged& event) { state.priority = event.priority; }

void Delivery::evolve(State& state, const DeliveryAssigned& event, const Metadata& metadata) {
  state.agent_id = event.agent_id;
  change_status(state, DeliveryStatus::assigned, metadata, std::nullopt, event.notes);
}

void Delivery::evolve(State& state, const DeliveryDeparted& event, const Metadata& metadata) {
  change_status(state, DeliveryStatus::in_transit, metadata, coordinates_of(event.longitude, event.latitude),
                event.notes);
}

void Delivery::evolve(State& state, const DeliveryTracked& event, const Metadata& metadata) {
  state.tracking_events.push_back(
      {event.status, metadata.created_at, coordinates_of(event.longitude, event.latitude), event.notes});
}

void Delivery::evolve(State& state, const DeliveryCompleted& event, const Metadata& metadata) {
  state.actual_delivery_time = event.actual_delivery_time;
  change_status(state, DeliveryStatus::completed, metadata, coordinates_of(event.longitude, event.latitude),
                event.notes);
}

void Delivery::evolve(State& state, const DeliveryFailed& event, const Metadata& metadata) {
  change_status(state, DeliveryStatus::failed, metadata, coordinates_of(event.longitude, event.latitude), event.reason);
}

void Delivery::evolve(State& state, const DeliveryRetried& event, const Metadata& metadata) {
  state.agent_id.reset();
  state.retry_count = event.retry_count;
  state.scheduled_time = event.scheduled_time;
  change_status(state, DeliveryStatus::scheduled, metadata, std::nullopt, std::nullopt);
}

void Delivery::evolve(State& state, const DeliveryCancelled& event, const Metadata& metadata) {
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
