#include <functions/appointments.hpp>
#include <functions/cursor.hpp>
#include <functions/documents.hpp>
#include <functions/groups.hpp>

#include <fmt/format.h>
#include <projections/common/appointment_operation.hpp>
#include <projections/projections.hpp>

namespace domain {

namespace es = eventstore;

namespace {

using AuditLine = AppointmentAuditDocument;

constexpr std::int64_t audit_list_max = 1'000;
constexpr std::int64_t seconds_per_hour = 3'600;

es::Result<es::DocumentsOf<AuditLine>> audit_lines(const es::AskContext& context) {
  static const es::ProjectionType type = appointment_audit_log_projection();
  return documents_of<AuditLine>(context, type);
}

es::Result<void> check_audit_limit(const char* during, std::int64_t limit) {
  if (limit >= 0 && limit <= audit_list_max) return {};
  return es::failure(es::Errc::invalid_argument, during, "limit", fmt::format("expected 0 to {}", audit_list_max));
}

}  // namespace

es::Result<std::vector<OperationTime>> get_average_processing_time(const es::AskContext& context,
                                                                   const AskAboutOperations&) {
  EVENTSTORE_TRY_ASSIGN(const auto lines, audit_lines(context));
  EVENTSTORE_TRY_ASSIGN(const auto sums, (lines.sums_by_value<&AuditLine::operation, &AuditLine::processingTime>()));
  std::vector<OperationTime> all;
  for (const auto& each : sums)
    all.push_back({each.name, each.sum.average(), static_cast<std::int64_t>(each.documents)});
  return all;
}

es::Result<std::vector<OperationSuccess>> get_operation_success_rate(const es::AskContext& context,
                                                                     const AskAboutOperations&) {
  EVENTSTORE_TRY_ASSIGN(const auto lines, audit_lines(context));
  EVENTSTORE_TRY_ASSIGN(const auto totals, lines.count_by<&AuditLine::operation>());
  EVENTSTORE_TRY_ASSIGN(const auto successes, lines.where<&AuditLine::success>(true).count_by<&AuditLine::operation>());
  std::vector<OperationSuccess> all;
  for (const auto& total : totals) {
    OperationSuccess rate{total.name, static_cast<std::int64_t>(total.documents), 0};
    for (const auto& success : successes)
      if (success.name == total.name) rate.successful = static_cast<std::int64_t>(success.documents);
    all.push_back(std::move(rate));
  }
  return all;
}

es::Result<std::vector<NotificationCount>> get_notification_counts(const es::AskContext& context,
                                                                   const AskAboutOperations&) {
  EVENTSTORE_TRY_ASSIGN(const auto lines, audit_lines(context));
  const auto sent = lines.where<&AuditLine::changeMetadata, &AuditChangeMetadata::whatsappNotificationSent>(true);
  EVENTSTORE_TRY_ASSIGN(const auto counts,
                        (sent.count_by<&AuditLine::changeMetadata, &AuditChangeMetadata::whatsappRecipient>()));
  std::vector<NotificationCount> all;
  for (const auto& each : counts) all.push_back({each.name, static_cast<std::int64_t>(each.documents)});
  return all;
}

es::Result<AuditEntries> get_recent_errors(const es::AskContext& context, const GetRecentErrors& parameters) {
  EVENTSTORE_TRY(check_audit_limit("get_recent_errors", parameters.limit));
  EVENTSTORE_TRY(check_period("hours", parameters.hours));
  if (parameters.limit == 0) return AuditEntries{};
  EVENTSTORE_TRY_ASSIGN(const auto lines, audit_lines(context));
  const auto now = context.clock.now();
  return lines.where_not_empty<&AuditLine::errors>()
      .where_at_least<&AuditLine::timestamp>(now.plus_seconds(-parameters.hours * seconds_per_hour))
      .where_at_most<&AuditLine::timestamp>(now)
      .newest_json<&AuditLine::timestamp>(static_cast<std::size_t>(parameters.limit), parameters.cursor.value_or(""));
}

es::Result<AuditEntries> get_appointment_audit(const es::AskContext& context, const GetAppointmentAudit& parameters) {
  EVENTSTORE_TRY(check_audit_limit("get_appointment_audit", parameters.limit));
  if (parameters.limit == 0) return AuditEntries{};
  EVENTSTORE_TRY_ASSIGN(const auto lines, audit_lines(context));
  return lines.where<&AuditLine::appointmentId>(parameters.appointment_id)
      .oldest_json<&AuditLine::timestamp>(static_cast<std::size_t>(parameters.limit), parameters.cursor.value_or(""));
}

std::vector<es::Function> appointments_functions() {
  return {es::asks("get_average_processing_time", &get_average_processing_time),
          es::asks("get_operation_success_rate", &get_operation_success_rate),
          es::asks("get_recent_errors", &get_recent_errors),
          es::asks("get_notification_counts", &get_notification_counts),
          es::asks("get_appointment_audit", &get_appointment_audit)};
}

}  // namespace domain
