#pragma once
// Whom the events of a commit are about, for whoever appends without knowing the states of the streams.
#include <eventstore/aggregate/aggregate_types.hpp>
#include <eventstore/log/event_log.hpp>
#include <span>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// What ValueCipher asks about events whose writer named nobody. Threads: any.
class StreamSubjects {
 public:
  explicit StreamSubjects(AggregateTypes aggregates) : aggregates_{std::move(aggregates)} {}

  /// Of each event of a commit that is yet to be appended, as subject_of says of the state after it; empty, the
  /// stream's key, where its aggregate has no `subject`; the stream itself where retention dropped events and kept no
  /// state. Errors: as load_state and AnyState::apply. Cost: folds each stream whose aggregate has a `subject`.
  Result<std::vector<std::string>> operator()(const EventLog& log, std::span<const NewEvent> events) const;

 private:
  AggregateTypes aggregates_;
};

}  // namespace v1
}  // namespace eventstore
