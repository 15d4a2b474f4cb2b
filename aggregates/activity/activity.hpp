#pragma once
// A user's actions, one stream a user: facts that belong to no aggregate, so there is no state.
#include <aggregates/activity/events.hpp>
#include <eventstore/aggregate/decider_of.hpp>

namespace domain {

struct Activity : eventstore::CategoryOf<"activity", eventstore::Events<ActionRecorded>> {
  static void audit(const ActionRecorded& event, AuditLine& line);
};

}  // namespace domain
