#include <aggregates/aggregates.hpp>
#include <aggregates/delivery/delivery.hpp>

namespace domain {

eventstore::AggregateType delivery_type() { return eventstore::aggregate<Delivery>(); }

}  // namespace domain
