#include <aggregates/agent/agent.hpp>
#include <aggregates/aggregates.hpp>
#include <source_hash/agent.hpp>

namespace domain {

eventstore::AggregateType agent_type() { return eventstore::aggregate<Agent>(source_hash::agent); }

}  // namespace domain
