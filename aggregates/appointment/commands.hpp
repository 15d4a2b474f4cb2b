#pragma once
// What can be asked of an appointment. An operation on an appointment that began elsewhere brings it along in
// `observed`, as the calendar has it; where it is known already, `observed` is passed over.
#include <aggregates/appointment/events.hpp>

namespace domain {

struct ObservedAppointment {
  EVENTSTORE_FIELDS(ObservedAppointment, (std::optional<std::string>, caller_id, , eventstore::personal),
                    (std::string, summary, , eventstore::personal), (eventstore::Timestamp, start),
                    (eventstore::Timestamp, end), (std::optional<std::string>, description, , eventstore::personal),
                    (std::optional<std::string>, location, , eventstore::personal),
                    (std::optional<Participants>, attendees, , eventstore::personal));
};

struct CreateAppointment {
  EVENTSTORE_COMMAND(CreateAppointment, "create", (std::string, session_id),
                     (std::string, caller_id, , eventstore::personal), (std::string, summary, , eventstore::personal),
                     (eventstore::Timestamp, start), (eventstore::Timestamp, end),
                     (std::optional<std::string>, description, , eventstore::personal),
                     (std::optional<std::string>, location, , eventstore::personal),
                     (std::optional<Participants>, attendees, , eventstore::personal), (std::int64_t, processing_time));
};

/// timezone is how far ahead of UTC the clocks are whose days count, like +02:00; without it, those of the
/// organization's own zone do: Context::zone.
struct ShiftAppointment {
  EVENTSTORE_COMMAND(ShiftAppointment, "shift", (std::string, session_id),
                     (std::string, caller_id, , eventstore::personal), (eventstore::Timestamp, start),
                     (eventstore::Timestamp, end), (std::int64_t, processing_time),
                     (std::optional<std::string>, timezone),
                     (std::optional<ObservedAppointment>, observed, , eventstore::personal));
};

struct UpdateAppointment {
  EVENTSTORE_COMMAND(UpdateAppointment, "update", (std::string, session_id),
                     (std::string, caller_id, , eventstore::personal),
                     (std::optional<std::string>, summary, , eventstore::personal),
                     (std::optional<std::string>, description, , eventstore::personal),
                     (std::optional<std::string>, location, , eventstore::personal),
                     (std::optional<Participants>, attendees, , eventstore::personal), (std::int64_t, processing_time),
                     (std::optional<ObservedAppointment>, observed, , eventstore::personal));
};

struct CancelAppointment {
  EVENTSTORE_COMMAND(CancelAppointment, "cancel", (std::string, session_id),
                     (std::string, caller_id, , eventstore::personal),
                     (std::optional<std::string>, reason, , eventstore::personal), (std::int64_t, processing_time),
                     (std::optional<ObservedAppointment>, observed, , eventstore::personal));
};

/// A fact: it is taken in every state.
struct FailAppointmentOperation {
  EVENTSTORE_COMMAND(FailAppointmentOperation, "fail_operation", (std::string, session_id),
                     (std::string, caller_id, , eventstore::personal), (AppointmentOperation, operation),
                     (std::string, component), (std::string, error, , eventstore::personal),
                     (std::int64_t, processing_time));
};

struct RecordNotification {
  EVENTSTORE_COMMAND(RecordNotification, "record_notification", (eventstore::Uuid, operation_event_id),
                     (NotifiedParty, recipient), (std::string, message_id), (std::int64_t, duration));
};

struct RecordNotificationFailure {
  EVENTSTORE_COMMAND(RecordNotificationFailure, "record_notification_failure", (eventstore::Uuid, operation_event_id),
                     (NotifiedParty, recipient), (std::string, component, "whatsapp_notification"),
                     (std::string, error, , eventstore::personal), (std::int64_t, duration));
};

}  // namespace domain
