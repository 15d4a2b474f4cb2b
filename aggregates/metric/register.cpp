#include <aggregates/aggregates.hpp>
#include <aggregates/metric/metric.hpp>
#include <source_hash/metric.hpp>

namespace domain {

eventstore::AggregateType metric_type() { return eventstore::aggregate<Metric>(source_hash::metric); }

}  // namespace domain
