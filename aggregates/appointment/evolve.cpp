// Any history is fact: nothing here checks a transition.
#include <aggregates/appointment/appointment.hpp>
#include <aggregates/appointment/operations.hpp>

namespace domain {
namespace {

// What an event tells of an appointment that is new. A cancellation may have come before.
template <class E> void begin(AppointmentState& state, const E& event, std::optional<std::string> caller_id) {
  if (state.is_known) return;
  state.is_known = true;
  if (caller_id) state.caller_id = std::move(*caller_id);
  state.summary = event.summary;
  state.start = event.start;
  state.end = event.end;
  state.description = event.description;
  state.location = event.location;
  state.attendees = event.attendees.value_or(Participants{});
}

}  // namespace

void Appointment::evolve(State& state, const AppointmentObserved& event) {
  const bool is_new = !state.is_known;
  begin(state, event, event.caller_id);
  if (is_new && event.status == AppointmentStatus::cancelled) state.status = event.status;
}

void Appointment::evolve(State& state, const AppointmentCreated& event, const Metadata& metadata) {
  begin(state, event, event.caller_id);
  remember(state, metadata, AppointmentOperation::create);
}

void Appointment::evolve(State& state, const AppointmentShifted& event, const Metadata& metadata) {
  state.start = event.start;
  state.end = event.end;
  remember(state, metadata, AppointmentOperation::shift, event.shift_type);
}

void Appointment::evolve(State& state, const AppointmentUpdated& event, const Metadata& metadata) {
  take_over(state, event);
  remember(state, metadata, AppointmentOperation::update);
}

void Appointment::evolve(State& state, const AppointmentCancelled&, const Metadata& metadata) {
  state.status = AppointmentStatus::cancelled;
  remember(state, metadata, AppointmentOperation::cancel);
}

void Appointment::evolve(State&, const AppointmentOperationFailed&) {}

void Appointment::evolve(State&, const AppointmentNotificationSent&) {}

void Appointment::evolve(State&, const AppointmentNotificationFailed&) {}

}  // namespace domain
