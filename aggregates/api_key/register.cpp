#include <aggregates/aggregates.hpp>
#include <aggregates/api_key/api_key.hpp>
#include <source_hash/api_key.hpp>

namespace domain {

eventstore::AggregateType api_key_type() { return eventstore::aggregate<ApiKey>(source_hash::api_key); }

}  // namespace domain
