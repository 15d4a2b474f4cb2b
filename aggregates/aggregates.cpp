#include <aggregates/aggregates.hpp>

namespace domain {

std::vector<eventstore::AggregateType> all_aggregates() {
  // The one line that registers an aggregate.
  return {
      campaign_type(), conversation_type(), delivery_type(), activity_type(), metric_type(),
  };
}

}  // namespace domain
