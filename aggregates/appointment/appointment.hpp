#pragma once
// An appointment. Its key is that of the calendar's event.
//
// Rules that the requirements leave open:
// - an operation on an unknown appointment brings it along, and records it in its own commit; otherwise it is refused;
// - after a cancellation every operation is refused; failures and notifications are facts, and taken in every state;
// - an operation that names what is there already changes nothing;
// - a shift is of the same day where the old and the new start have one date in the zone that the command names, else
// in
//   that of the organization;
// - history is fact: a creation that is repeated changes nothing, and a cancellation that comes before it holds.
#include <aggregates/appointment/commands.hpp>
#include <aggregates/appointment/state.hpp>
#include <eventstore/aggregate/decider_of.hpp>

namespace domain {

struct Appointment
    : eventstore::DeciderOf<
          "appointment", AppointmentState,
          eventstore::Events<AppointmentObserved, AppointmentCreated, AppointmentShifted, AppointmentUpdated,
                             AppointmentCancelled, AppointmentOperationFailed, AppointmentNotificationSent,
                             AppointmentNotificationFailed>,
          eventstore::Commands<CreateAppointment, ShiftAppointment, UpdateAppointment, CancelAppointment,
                               FailAppointmentOperation, RecordNotification, RecordNotificationFailure>> {
  static constexpr auto collection = "appointment_audit_log";

  static void evolve(State& state, const AppointmentObserved& event);
  static void evolve(State& state, const AppointmentCreated& event, const Metadata& metadata);
  static void evolve(State& state, const AppointmentShifted& event, const Metadata& metadata);
  static void evolve(State& state, const AppointmentUpdated& event, const Metadata& metadata);
  static void evolve(State& state, const AppointmentCancelled& event, const Metadata& metadata);
  static void evolve(State& state, const AppointmentOperationFailed& event);
  static void evolve(State& state, const AppointmentNotificationSent& event);
  static void evolve(State& state, const AppointmentNotificationFailed& event);

  static Decision decide(const State* state, const CreateAppointment& command);
  static Decision decide(const State* state, const ShiftAppointment& command, const Context& context);
  static Decision decide(const State* state, const UpdateAppointment& command);
  static Decision decide(const State* state, const CancelAppointment& command);
  static Decision decide(const State* state, const FailAppointmentOperation& command);
  static Decision decide(const State& state, const RecordNotification& command);
  static Decision decide(const State& state, const RecordNotificationFailure& command);

  static Decision make_up(Random& random, const State& state);
};

}  // namespace domain
