#pragma once
// Whom the personal fields of event lines are about, where the lines name nobody: what the aggregates' `subject` says.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/schema/event_line.hpp>
#include <span>
#include <string>
#include <unordered_map>

namespace eventstore::app {

/// The states of the streams of one batch of lines, as the lines before have made them. Lifetime: borrows all that it
/// is made from. Threads: one at a time.
class LineSubjects {
 public:
  LineSubjects(const EventLog& log, const SchemaReader& schemas, std::span<const AggregateType> aggregates)
      : log_{log}, schemas_{schemas}, aggregates_{aggregates} {}

  /// Of the next line of its stream; empty: the stream's key. Errors: as load_state and AnyState::apply. Cost: folds
  /// the stream at its first line, if its aggregate has a `subject`.
  Result<std::string> next(const EventLine& line);

  /// Forgets the streams: others may have appended.
  void clear() { states_.clear(); }

 private:
  [[nodiscard]] const AggregateType* type_of(const StreamId& stream) const;

  const EventLog& log_;
  const SchemaReader& schemas_;
  std::span<const AggregateType> aggregates_;
  std::unordered_map<std::string, std::unique_ptr<AnyState>> states_;
};

}  // namespace eventstore::app
