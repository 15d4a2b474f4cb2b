#pragma once
// A user's actions, one stream a user: facts that belong to no aggregate, so there is no state.
#include <aggregates/activity/events.hpp>
#include <eventstore/aggregate/lists.hpp>

namespace domain {

struct Activity {
  static constexpr auto category = "activity";
  using events = eventstore::Events<ActionRecorded>;
};

}  // namespace domain
