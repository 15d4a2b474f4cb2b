#pragma once
// The states of the streams that a worker passes, each before and after the current event.
#include <eventstore/aggregate/execute.hpp>
#include <string>
#include <unordered_map>

namespace eventstore {
inline namespace v1 {

/// Threads: one at a time.
class StateCache {
 public:
  struct States {
    std::unique_ptr<AnyState> before;
    std::unique_ptr<AnyState> after;
  };

  /// `log` and `schemas` outlive the cache. At most `streams_max` streams are kept.
  StateCache(const EventLog& log, const SchemaReader& schemas, std::size_t streams_max = 50'000)
      : log_{log}, schemas_{schemas}, streams_max_{streams_max} {}

  /// Folds `event` in: `after` reflects it, `before` does not yet. A stream that is met in its middle is replayed, from
  /// the state that retention kept where it dropped the first events. Lifetime: until the next call. Errors: as
  /// AnyState::apply, load_state, stream_of; expired, where that state was not kept.
  Result<States*> enter(const RecordedEvent& event, const Metadata& metadata, const AggregateType& type);

  /// Lets `before` catch up with `after`. Folding each event twice costs less than copying states, which grow.
  Result<void> leave(States& states, const RecordedEvent& event, const Metadata& metadata);

  /// Forgets all states: after an exception one may be changed in part.
  void clear() { streams_.clear(); }

 private:
  [[nodiscard]] Result<std::unique_ptr<AnyState>> load_before(const RecordedEvent& event,
                                                              const AggregateType& type) const;

  const EventLog& log_;
  const SchemaReader& schemas_;
  const std::size_t streams_max_;
  std::unordered_map<std::string, States> streams_;
};

}  // namespace v1
}  // namespace eventstore
