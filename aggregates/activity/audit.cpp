#include <aggregates/activity/activity.hpp>
#include <eventstore/aggregate/audit_line.hpp>
#include <eventstore/schema/codec.hpp>

namespace domain {

// An action that a program reports names everything itself.
void Activity::audit(const ActionRecorded& event, AuditLine& line) {
  if (line.user_id.empty()) line.user_id = line.resource_id;  // the stream is activity-<user_id>
  line.action = to_string(event.action);
  line.resource_type = event.resource_type;
  line.resource_id = event.resource_id;
  if (event.changes) line.changes = {eventstore::to_json(*event.changes)};
}

void Activity::audit(const ResourceViewed& event, AuditLine& line) {
  if (line.user_id.empty()) line.user_id = line.resource_id;
  line.action = to_string(Action::view);
  line.resource_type = event.resource_type;
  line.resource_id = event.resource_id;
}

}  // namespace domain
