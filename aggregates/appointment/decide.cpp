#include <aggregates/appointment/appointment.hpp>
#include <aggregates/appointment/operations.hpp>
#include <aggregates/common/checks.hpp>

#include <chrono>

namespace domain {
namespace {

using eventstore::Refusal;
using eventstore::refuse;
using eventstore::Timestamp;
using Decision = Appointment::Decision;

std::optional<Refusal> check_times(Timestamp start, Timestamp end) {
  if (end < start) return refuse("bad_time", "end is not before start");
  return std::nullopt;
}

std::optional<Refusal> check_milliseconds(const char* name, std::int64_t milliseconds) {
  if (milliseconds >= 0) return std::nullopt;
  return refuse("bad_duration", std::string{name} + " is in milliseconds, and not below 0");
}

template <class Command> std::optional<Refusal> check_operation(const Command& command) {
  if (auto problem = check_texts({{"session_id", command.session_id}, {"caller_id", command.caller_id}}))
    return problem;
  return check_milliseconds("processing_time", command.processing_time);
}

// Where the calendar names no caller, it is the one who asks.
AppointmentObserved event_of(const ObservedAppointment& observed, const std::string& caller_id) {
  AppointmentObserved event{};
  event.caller_id = observed.caller_id.value_or(caller_id);
  event.summary = observed.summary;
  event.start = observed.start;
  event.end = observed.end;
  event.description = observed.description;
  event.location = observed.location;
  event.attendees = observed.attendees;
  return event;
}

// The appointment as an operation finds it, and the event that records it where it is new here.
struct Found {
  AppointmentState state{};
  std::optional<AppointmentObserved> observed{};
};

// Refused: the operation has nothing to work on.
std::optional<Refusal> find(const AppointmentState* state, const std::optional<ObservedAppointment>& observed,
                            const std::string& caller_id, Found& found) {
  if (state != nullptr) found.state = *state;
  if (!found.state.is_known) {
    if (!observed)
      return refuse("unknown_appointment",
                    "nobody has recorded this appointment: give it as `observed`, as the calendar has it");
    if (auto problem = check_times(observed->start, observed->end)) return problem;
    found.observed = event_of(*observed, caller_id);
    Appointment::evolve(found.state, *found.observed);
  }
  if (found.state.status == AppointmentStatus::cancelled)
    return wrong_status("cancelled", "appointment takes no operation");
  return std::nullopt;
}

template <class E> Decision with_observed(const Found& found, E event) {
  if (found.observed) return {*found.observed, std::move(event)};
  return event;
}

}  // namespace

Appointment::Decision Appointment::decide(const State* state, const CreateAppointment& command) {
  if (state != nullptr && state->status == AppointmentStatus::cancelled)
    return wrong_status("cancelled", "appointment takes no operation");
  if (state != nullptr && state->is_known) return already_exists("the appointment exists");
  if (auto problem = check_operation(command)) return *problem;
  if (auto problem = check_texts({{"summary", command.summary}})) return *problem;
  if (auto problem = check_times(command.start, command.end)) return *problem;
  return AppointmentCreated{command.session_id, command.caller_id, command.summary,
                            command.start,      command.end,       command.description,
                            command.location,   command.attendees, command.processing_time};
}

Appointment::Decision Appointment::decide(const State* state, const ShiftAppointment& command, const Context& context) {
  if (auto problem = check_operation(command)) return *problem;
  if (auto problem = check_times(command.start, command.end)) return *problem;
  const auto stated = command.timezone ? Timestamp::parse_zone(*command.timezone) : std::chrono::minutes{0};
  if (!stated) return refuse("bad_timezone", "timezone is an offset from UTC, like +02:00 or Z");
  const eventstore::FixedOffset stated_zone{*stated};
  const eventstore::Zone& zone = command.timezone ? stated_zone : *context.zone;
  Found found{};
  if (auto problem = find(state, command.observed, command.caller_id, found)) return *problem;
  if (found.state.start == command.start && found.state.end == command.end) return {};
  const bool is_same_day = zone.date_of(found.state.start) == zone.date_of(command.start);
  return with_observed(
      found, AppointmentShifted{command.session_id, command.caller_id, command.start, command.end,
                                is_same_day ? ShiftType::same_day : ShiftType::different_day, command.processing_time});
}

Appointment::Decision Appointment::decide(const State* state, const UpdateAppointment& command) {
  if (auto problem = check_operation(command)) return *problem;
  if (!command.summary && !command.description && !command.location && !command.attendees)
    return refuse("nothing_to_change", "give a summary, a description, a location or attendees");
  if (command.summary)
    if (auto problem = check_texts({{"summary", *command.summary}})) return *problem;
  Found found{};
  if (auto problem = find(state, command.observed, command.caller_id, found)) return *problem;
  const AppointmentUpdated event{command.session_id, command.caller_id, command.summary,        command.description,
                                 command.location,   command.attendees, command.processing_time};
  auto after = found.state;
  take_over(after, event);
  if (after == found.state) return {};
  return with_observed(found, event);
}

Appointment::Decision Appointment::decide(const State* state, const CancelAppointment& command) {
  if (auto problem = check_operation(command)) return *problem;
  Found found{};
  if (auto problem = find(state, command.observed, command.caller_id, found)) return *problem;
  return with_observed(
      found, AppointmentCancelled{command.session_id, command.caller_id, command.reason, command.processing_time});
}

Appointment::Decision Appointment::decide(const State*, const FailAppointmentOperation& command) {
  if (auto problem = check_operation(command)) return *problem;
  if (auto problem = check_texts({{"component", command.component}, {"error", command.error}})) return *problem;
  return AppointmentOperationFailed{command.session_id, command.caller_id, command.operation,
                                    command.component,  command.error,     command.processing_time};
}

Appointment::Decision Appointment::decide(const State&, const RecordNotification& command) {
  if (auto problem = check_texts({{"message_id", command.message_id}})) return *problem;
  if (auto problem = check_milliseconds("duration", command.duration)) return *problem;
  return AppointmentNotificationSent{command.operation_event_id, command.recipient, command.message_id,
                                     command.duration};
}

Appointment::Decision Appointment::decide(const State&, const RecordNotificationFailure& command) {
  if (auto problem = check_texts({{"component", command.component}, {"error", command.error}})) return *problem;
  if (auto problem = check_milliseconds("duration", command.duration)) return *problem;
  return AppointmentNotificationFailed{command.operation_event_id, command.recipient, command.component, command.error,
                                       command.duration};
}

}  // namespace domain
