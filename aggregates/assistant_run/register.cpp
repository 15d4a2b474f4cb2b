#include <aggregates/aggregates.hpp>
#include <aggregates/assistant_run/assistant_run.hpp>
#include <source_hash/assistant_run.hpp>

namespace domain {

eventstore::AggregateType assistant_run_type() {
  return eventstore::aggregate<AssistantRun>(source_hash::assistant_run);
}

}  // namespace domain
