#pragma once
// Operations on appointments as the audit log and the metrics of the voice agent have them.
#include <aggregates/appointment/state.hpp>

#include <optional>
#include <string>
#include <vector>

namespace domain {

/// The types of metrics that operations and notifications are measured under.
inline constexpr const char* appointment_operation = "appointment_operation";
inline constexpr const char* whatsapp_notification = "whatsapp_notification";

/// The appointment before or after an operation.
struct AuditedAppointment {
  EVENTSTORE_FIELDS(AuditedAppointment, (std::string, caller_id, , eventstore::personal),
                    (std::string, summary, , eventstore::personal), (eventstore::Timestamp, start),
                    (eventstore::Timestamp, end), (std::optional<std::string>, description, , eventstore::personal),
                    (std::optional<std::string>, location, , eventstore::personal),
                    (Participants, attendees, , eventstore::personal), (AppointmentStatus, status));
};

struct AuditChangeMetadata {
  EVENTSTORE_FIELDS(AuditChangeMetadata, (std::optional<ShiftType>, shiftType), (bool, whatsappNotificationSent, false),
                    (std::optional<NotifiedParty>, whatsappRecipient), (std::optional<std::string>, whatsappMessageId));
};

struct AuditedError {
  EVENTSTORE_FIELDS(AuditedError, (std::string, component), (std::string, error, , eventstore::personal),
                    (eventstore::Timestamp, timestamp));
};

/// Of `appointment_audit_log`.
struct AppointmentAuditDocument {
  EVENTSTORE_FIELDS(AppointmentAuditDocument, (std::string, sessionId), (std::string, appointmentId),
                    (std::string, callerId, , eventstore::personal), (AppointmentOperation, operation),
                    (std::optional<AuditedAppointment>, beforeState), (std::optional<AuditedAppointment>, afterState),
                    (AuditChangeMetadata, changeMetadata), (std::int64_t, processingTime),
                    (eventstore::Timestamp, timestamp), (bool, success), (std::vector<AuditedError>, errors));
};

}  // namespace domain
