#pragma once
// What happens to an appointment in a calendar by voice: operations of callers, and what teammates and the office were
// told of them. The appointment's stream stands for the person: a caller is known by a phone, which names nobody.
#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/uuid.hpp>
#include <eventstore/schema/fields.hpp>
#include <eventstore/schema/hyphenated_enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace domain {

EVENTSTORE_ENUM(AppointmentStatus, scheduled, cancelled);
EVENTSTORE_ENUM(AppointmentOperation, shift, cancel, create, update);
EVENTSTORE_ENUM(NotifiedParty, teammate, office);
EVENTSTORE_ENUM_HYPHENATED(ShiftType, same_day, different_day);

using Participants = std::vector<std::string>;

/// An appointment that began elsewhere, as the calendar has it.
struct AppointmentObserved {
  EVENTSTORE_EVENT(AppointmentObserved, (std::optional<std::string>, caller_id, , eventstore::personal),
                   (std::string, summary, , eventstore::personal), (eventstore::Timestamp, start),
                   (eventstore::Timestamp, end), (std::optional<std::string>, description, , eventstore::personal),
                   (std::optional<std::string>, location, , eventstore::personal),
                   (std::optional<Participants>, attendees, , eventstore::personal),
                   (AppointmentStatus, status, AppointmentStatus::scheduled));
};

// session_id is a voice conversation; processing_time is in milliseconds.
struct AppointmentCreated {
  EVENTSTORE_EVENT(AppointmentCreated, (std::string, session_id), (std::string, caller_id, , eventstore::personal),
                   (std::string, summary, , eventstore::personal), (eventstore::Timestamp, start),
                   (eventstore::Timestamp, end), (std::optional<std::string>, description, , eventstore::personal),
                   (std::optional<std::string>, location, , eventstore::personal),
                   (std::optional<Participants>, attendees, , eventstore::personal), (std::int64_t, processing_time));
};

/// shift_type goes by the date in the time zone that the command named.
struct AppointmentShifted {
  EVENTSTORE_EVENT(AppointmentShifted, (std::string, session_id), (std::string, caller_id, , eventstore::personal),
                   (eventstore::Timestamp, start), (eventstore::Timestamp, end), (ShiftType, shift_type),
                   (std::int64_t, processing_time));
};

struct AppointmentUpdated {
  EVENTSTORE_EVENT(AppointmentUpdated, (std::string, session_id), (std::string, caller_id, , eventstore::personal),
                   (std::optional<std::string>, summary, , eventstore::personal),
                   (std::optional<std::string>, description, , eventstore::personal),
                   (std::optional<std::string>, location, , eventstore::personal),
                   (std::optional<Participants>, attendees, , eventstore::personal), (std::int64_t, processing_time));
};

struct AppointmentCancelled {
  EVENTSTORE_EVENT(AppointmentCancelled, (std::string, session_id), (std::string, caller_id, , eventstore::personal),
                   (std::optional<std::string>, reason, , eventstore::personal), (std::int64_t, processing_time));
};

/// It changes no state.
struct AppointmentOperationFailed {
  EVENTSTORE_EVENT(AppointmentOperationFailed, (std::string, session_id),
                   (std::string, caller_id, , eventstore::personal), (AppointmentOperation, operation),
                   (std::string, component), (std::string, error, , eventstore::personal),
                   (std::int64_t, processing_time));
};

/// operation_event_id is the event of the operation that is told of; duration is in milliseconds.
struct AppointmentNotificationSent {
  EVENTSTORE_EVENT(AppointmentNotificationSent, (eventstore::Uuid, operation_event_id), (NotifiedParty, recipient),
                   (std::string, message_id), (std::int64_t, duration));
};

struct AppointmentNotificationFailed {
  EVENTSTORE_EVENT(AppointmentNotificationFailed, (eventstore::Uuid, operation_event_id), (NotifiedParty, recipient),
                   (std::string, component, "whatsapp_notification"), (std::string, error, , eventstore::personal),
                   (std::int64_t, duration));
};

}  // namespace domain
