#pragma once
// A user's actions, one stream a user: facts that belong to no aggregate, so there is no state.
#include <aggregates/activity/events.hpp>
#include <eventstore/aggregate/decider_of.hpp>

#include <optional>
#include <string>

namespace domain {

struct Activity : eventstore::CategoryOf<"activity", eventstore::Events<ActionRecorded, ResourceViewed>> {
  static void audit(const ActionRecorded& event, AuditLine& line);
  static void audit(const ResourceViewed& event, AuditLine& line);

  static std::optional<std::string> make_up_key(Random& random);
  static eventstore::Decision<events> make_up(Random& random);
};

}  // namespace domain
