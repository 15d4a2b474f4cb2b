#include <aggregates/aggregates.hpp>
#include <aggregates/metric/metric.hpp>

namespace domain {

eventstore::AggregateType metric_type() { return eventstore::aggregate<Metric>(); }

}  // namespace domain
