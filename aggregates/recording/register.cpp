#include <aggregates/aggregates.hpp>
#include <aggregates/recording/recording.hpp>
#include <source_hash/recording.hpp>

namespace domain {

eventstore::AggregateType recording_type() { return eventstore::aggregate<Recording>(source_hash::recording); }

}  // namespace domain
