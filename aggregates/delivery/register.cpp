#include <aggregates/aggregates.hpp>
#include <aggregates/delivery/delivery.hpp>
#include <source_hash/delivery.hpp>

namespace domain {

eventstore::AggregateType delivery_type() { return eventstore::aggregate<Delivery>(source_hash::delivery); }

}  // namespace domain
