#include <aggregates/aggregates.hpp>
#include <aggregates/customer/customer.hpp>
#include <source_hash/customer.hpp>

namespace domain {

eventstore::AggregateType customer_type() { return eventstore::aggregate<Customer>(source_hash::customer); }

}  // namespace domain
