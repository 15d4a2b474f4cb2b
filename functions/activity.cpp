// log_action, get_user_activity, get_resource_history.
#include <functions/cursor.hpp>
#include <functions/functions.hpp>
#include <functions/record.hpp>

#include <aggregates/activity/activity.hpp>
#include <eventstore/projection/ready_made/audit_logs.hpp>

namespace domain {

namespace es = eventstore;

namespace {

const es::ProjectionType& audit_logs() {
  static const es::ProjectionType type = es::audit_logs();
  return type;
}

}  // namespace

es::Result<string> OrganizationFunctions::log_action(const LogAction& parameters) const {
  auto metadata = context_.metadata;
  metadata.user_id = parameters.user_id;
  if (parameters.ip_address) metadata.ip_address = *parameters.ip_address;
  if (parameters.user_agent) metadata.user_agent = *parameters.user_agent;
  const ActionRecorded action{parameters.action, parameters.resource_type, parameters.resource_id, parameters.changes};
  EVENTSTORE_TRY_ASSIGN(const Fact fact,
                        append_named_facts(context_, Activity::category, parameters.user_id, facts(action), metadata));
  return audit_id(fact);
}

es::Result<Documents> OrganizationQuestions::get_user_activity(const GetUserActivity& parameters) const {
  EVENTSTORE_TRY(check_period("days", parameters.days));
  EVENTSTORE_TRY(check_limit(parameters.limit));
  if (parameters.limit == 0) return Documents{};
  EVENTSTORE_TRY_ASSIGN(const auto lines, documents_of<AuditDocument>(asking_, audit_logs()));
  const auto now = asking_.clock.now();
  const auto activity = lines.where<&AuditDocument::user_id>(parameters.user_id)
                            .where_greater<&AuditDocument::created_at>(now.plus_seconds(-parameters.days * 86'400))
                            .where_at_most<&AuditDocument::created_at>(now);
  return newest_first(activity, parameters.limit, parameters.cursor);
}

es::Result<Documents> OrganizationQuestions::get_resource_history(const GetResourceHistory& parameters) const {
  EVENTSTORE_TRY(check_limit(parameters.limit));
  if (parameters.limit == 0) return Documents{};
  EVENTSTORE_TRY_ASSIGN(const auto lines, documents_of<AuditDocument>(asking_, audit_logs()));
  return newest_first(lines.where<&AuditDocument::resource_id>(parameters.resource_id), parameters.limit,
                      parameters.cursor);
}

}  // namespace domain
