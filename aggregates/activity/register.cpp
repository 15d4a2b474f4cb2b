#include <aggregates/activity/activity.hpp>
#include <aggregates/aggregates.hpp>
#include <source_hash/activity.hpp>

namespace domain {

eventstore::AggregateType activity_type() { return eventstore::aggregate<Activity>(source_hash::activity); }

}  // namespace domain
