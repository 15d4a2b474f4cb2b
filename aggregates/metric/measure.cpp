#include <aggregates/metric/metric.hpp>

namespace domain {

void Metric::measure(const MetricRecorded& event, eventstore::Measurements& to) {
  to.add_free(event.metric_type, event.value, event.tags, event.metadata);
}

}  // namespace domain
