#include <aggregates/aggregates.hpp>
#include <aggregates/campaign/campaign.hpp>

namespace domain {

eventstore::AggregateType campaign_type() { return eventstore::aggregate<Campaign>(); }

}  // namespace domain
