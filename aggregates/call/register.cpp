#include <aggregates/aggregates.hpp>
#include <aggregates/call/call.hpp>
#include <source_hash/call.hpp>

namespace domain {

eventstore::AggregateType call_type() { return eventstore::aggregate<Call>(source_hash::call); }

}  // namespace domain
