#pragma once
// Private to the projection layer: the states before and after an event, also where there are none.
#include <eventstore/aggregate/aggregate_types.hpp>
#include <eventstore/projection/detail/state_cache.hpp>

namespace eventstore {
inline namespace v1 {

/// Threads: one at a time. Lifetime: borrows the aggregates, the cache and the schemas.
class EventStates {
 public:
  EventStates(const AggregateTypes& aggregates, StateCache& cache, const SchemaReader& schemas)
      : aggregates_{aggregates}, cache_{cache}, schemas_{schemas} {}

  struct Around {
    const AggregateType* type;  ///< null: this build has no code for the event's category
    StateCache::States states;
    /// Retention dropped the stream's first events without their state: projections of its aggregate do not get it.
    bool is_lost;
  };
  /// Lifetime of the answer: until the next call. Errors: as StateCache::enter, but for expired.
  Result<Around> around(const RecordedEvent& event, const Metadata& metadata);

 private:
  const AggregateTypes& aggregates_;
  StateCache& cache_;
  const SchemaReader& schemas_;
  NoState lost_before_{};
  NoState lost_after_{};
};

}  // namespace v1
}  // namespace eventstore
