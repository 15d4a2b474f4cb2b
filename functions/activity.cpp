// log_action, get_user_activity, get_resource_history.
#include <functions/cursor.hpp>
#include <functions/functions.hpp>
#include <functions/record.hpp>

#include <aggregates/activity/activity.hpp>
#include <projections/projections.hpp>

namespace domain {

namespace es = eventstore;

namespace {

const es::ProjectionType& audit_logs() {
  static const es::ProjectionType type = audit_logs_projection();
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

es::Result<Documents> OrganizationFunctions::get_user_activity(const GetUserActivity& parameters) const {
  EVENTSTORE_TRY(check_period("days", parameters.days));
  const auto now = context_.clock.now();
  return newest_first(
      context_, audit_logs(),
      {"WHERE organization_id = ?1 AND user_id = ?2 AND created_at > ?3 AND created_at <= ?4",
       {parameters.user_id, now.plus_seconds(-parameters.days * 86'400).to_sortable_string(), now.to_sortable_string()},
       parameters.limit,
       parameters.cursor});
}

es::Result<Documents> OrganizationFunctions::get_resource_history(const GetResourceHistory& parameters) const {
  return newest_first(context_, audit_logs(),
                      {"WHERE organization_id = ?1 AND resource_id = ?2",
                       {parameters.resource_id},
                       parameters.limit,
                       parameters.cursor});
}

}  // namespace domain
