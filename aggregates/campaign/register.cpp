#include <aggregates/aggregates.hpp>
#include <aggregates/campaign/campaign.hpp>
#include <source_hash/campaign.hpp>

namespace domain {

eventstore::AggregateType campaign_type() { return eventstore::aggregate<Campaign>(source_hash::campaign); }

}  // namespace domain
