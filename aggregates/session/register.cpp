#include <aggregates/aggregates.hpp>
#include <aggregates/session/session.hpp>
#include <source_hash/session.hpp>

namespace domain {

eventstore::AggregateType session_type() { return eventstore::aggregate<Session>(source_hash::session); }

}  // namespace domain
