#include <eventstore/projection/state_cache.hpp>

namespace eventstore::inline v1 {

Result<StateCache::States*> StateCache::enter(const RecordedEvent& event, const Metadata& metadata,
                                              const AggregateType& type) {
  // Dropping all at once keeps the cache simple: what is needed again is replayed, and replay is quick.
  if (streams_.size() >= streams_max_) streams_.clear();
  auto& states = streams_[std::string{event.stream}];
  const Version preceding{event.version.value - 1};
  if (states.after == nullptr || states.after->version != preceding || states.before->version != preceding) {
    const auto stream = StreamId::trusted(event.stream);
    for (auto* const state : {&states.before, &states.after}) {
      *state = type.new_state();
      EVENTSTORE_TRY(replay(log_, schemas_, stream, **state, preceding));
    }
  }
  if (auto applied = states.after->apply(event, metadata, schemas_); !applied) {
    streams_.erase(std::string{event.stream});
    return failure_of(applied);
  }
  return &states;
}

Result<void> StateCache::leave(States& states, const RecordedEvent& event, const Metadata& metadata) {
  return states.before->apply(event, metadata, schemas_);
}

}  // namespace eventstore::inline v1
