#include <eventstore/projection/detail/state_cache.hpp>

#include <eventstore/aggregate/detail/stream_of.hpp>

namespace eventstore {
inline namespace v1 {

Result<std::unique_ptr<AnyState>> StateCache::load_before(const RecordedEvent& event, const AggregateType& type) const {
  const Version preceding{event.version.value - 1};
  if (type.state_schema != nullptr) return load_state(log_, schemas_, type, StreamId::trusted(event.stream), preceding);
  // A category without state has nothing to replay; it is only told where it stands.
  auto state = type.new_state();
  state->version = preceding;
  return state;
}

Result<StateCache::States*> StateCache::enter(const RecordedEvent& event, const Metadata& metadata,
                                              const AggregateType& type) {
  // Dropping all at once keeps the cache simple: a state that is needed again is replayed, and replay is quick.
  if (streams_.size() >= streams_max_) streams_.clear();
  const auto known = streams_.try_emplace(std::string{event.stream}).first;
  auto& states = known->second;
  const Version preceding{event.version.value - 1};
  if (states.after == nullptr || states.after->version != preceding || states.before->version != preceding) {
    // Two streams that are one aggregate's would write the same documents.
    if (!type.former_categories.empty()) EVENTSTORE_TRY(stream_of(log_, type, StreamId::trusted(event.stream).key()));
    auto before = load_before(event, type);
    if (!before) {
      streams_.erase(known);
      return failure_of(before);
    }
    states.before = std::move(*before);
    states.after = states.before->clone();
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

}  // namespace v1
}  // namespace eventstore
