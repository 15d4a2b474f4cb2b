#pragma once
// The functions of the voice agent: how long operations on appointments take, how they end, and what became of one.
#include <eventstore/app/function.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace domain {

struct AskAboutOperations {
  EVENTSTORE_FIELDS(AskAboutOperations);
};
struct GetRecentErrors {
  EVENTSTORE_FIELDS(GetRecentErrors, (std::int64_t, hours, 24), (std::int64_t, limit, 50),
                    (std::optional<std::string>, cursor));
};
struct GetAppointmentAudit {
  EVENTSTORE_FIELDS(GetAppointmentAudit, (std::string, appointment_id), (std::int64_t, limit, 50),
                    (std::optional<std::string>, cursor));
};

/// In milliseconds; `_id` is the operation.
struct OperationTime {
  EVENTSTORE_FIELDS(OperationTime, (std::string, _id), (double, avgProcessingTime), (std::int64_t, count));
};
struct OperationSuccess {
  EVENTSTORE_FIELDS(OperationSuccess, (std::string, _id), (std::int64_t, total, 0), (std::int64_t, successful, 0));
};
/// `_id` is the recipient.
struct NotificationCount {
  EVENTSTORE_FIELDS(NotificationCount, (std::string, _id), (std::int64_t, count));
};

using AuditEntries = eventstore::PageOf<std::string>;

// Errors of all: as AskContext::live_collections; invalid_argument for a limit that is not 0 to 1,000, a period below 1
// and a cursor that no page gave. Operations without an entry are left out.

eventstore::Result<std::vector<OperationTime>> get_average_processing_time(const eventstore::AskContext& context,
                                                                           const AskAboutOperations& parameters);
eventstore::Result<std::vector<OperationSuccess>> get_operation_success_rate(const eventstore::AskContext& context,
                                                                             const AskAboutOperations& parameters);
/// Of the notifications that were sent.
eventstore::Result<std::vector<NotificationCount>> get_notification_counts(const eventstore::AskContext& context,
                                                                           const AskAboutOperations& parameters);
/// Entries with errors of the last `hours`, newest first.
eventstore::Result<AuditEntries> get_recent_errors(const eventstore::AskContext& context,
                                                   const GetRecentErrors& parameters);
/// The entries of an appointment, oldest first.
eventstore::Result<AuditEntries> get_appointment_audit(const eventstore::AskContext& context,
                                                       const GetAppointmentAudit& parameters);

}  // namespace domain
