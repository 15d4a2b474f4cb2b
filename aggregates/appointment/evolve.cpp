// Any history is fact: nothing here checks a transition.
#include <aggregates/appointment/appointment.hpp>

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

void Appointment::evolve(State& state, const AppointmentCreated& event) { begin(state, event, event.caller_id); }

void Appointment::evolve(State& state, const AppointmentShifted& event) {
  state.start = event.start;
  state.end = event.end;
}

// A field that the event does not name keeps its value.
void Appointment::evolve(State& state, const AppointmentUpdated& event) {
  if (event.summary) state.summary = *event.summary;
  if (event.description) state.description = event.description;
  if (event.location) state.location = event.location;
  if (event.attendees) state.attendees = *event.attendees;
}

void Appointment::evolve(State& state, const AppointmentCancelled&) { state.status = AppointmentStatus::cancelled; }

void Appointment::evolve(State&, const AppointmentOperationFailed&) {}

void Appointment::evolve(State&, const AppointmentNotificationSent&) {}

void Appointment::evolve(State&, const AppointmentNotificationFailed&) {}

}  // namespace domain
