#include <aggregates/activity/activity.hpp>
#include <aggregates/aggregates.hpp>

namespace domain {

eventstore::AggregateType activity_type() { return eventstore::aggregate<Activity>(); }

}  // namespace domain
