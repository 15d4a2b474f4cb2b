#pragma once
// Private to the exports: how the values of an object's state went over time.
#include <eventstore/history/event_values.hpp>
#include <eventstore/history/steps.hpp>

#include "log_walk.hpp"

namespace eventstore {
inline namespace v1 {

/// Called with the values that an event changed, of which none was nested; the first call has all that the state has
/// then. `time` never goes back.
class StateWatcher {
 public:
  virtual ~StateWatcher() = default;
  virtual Result<void> value(std::string_view place, const DataValue& value) = 0;
  /// After the values of one event.
  virtual Result<void> event_ends(Timestamp time) = 0;
};

/// Folds `stream` by `type`, which has a state, and tells `watcher` of each event in `part`. An event that was created
/// before an earlier one counts as created when that one was, so that the values have the order of the versions. A
/// stream whose first events were dropped without keeping its state tells nothing. Errors: as each_step; those of the
/// watcher.
Result<void> watch_states(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                          const StreamId& stream, const LogPart& part, StateWatcher& watcher);

}  // namespace v1
}  // namespace eventstore
