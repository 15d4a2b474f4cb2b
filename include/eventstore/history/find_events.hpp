#pragma once
// Events by what they are, when they came, who caused them, and what their data has.
#include <eventstore/core/function_ref.hpp>
#include <eventstore/history/data_condition.hpp>
#include <eventstore/history/moment.hpp>
#include <eventstore/log/event_log.hpp>
#include <eventstore/schema/schema_reader.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// Which events are wanted: those that fit all of it. What is empty lets all pass.
struct EventQuery {
  Filter filter{};
  std::optional<StreamId> stream{};
  std::optional<Timestamp> from{};  ///< at that time or later
  std::optional<Timestamp> to{};    ///< before that time
  EventClock by = EventClock::created;
  std::string user_id{};
  std::string correlation_id{};
  std::string causation_id{};
  std::vector<DataCondition> where{};
  std::string text{};            ///< in one of the texts of the data, whatever its case
  bool backward_clocks = false;  ///< created before the event before them in their stream
  Direction direction = Direction::forward;
  std::uint64_t limit = no_limit;
};

/// Called now and then with the number of positions that were gone through, and of all that have to be. May be empty.
using OnScanned = std::function<void(std::uint64_t done, std::uint64_t whole)>;

/// Gives the events that `query` wants to `on_event`, in the order of their positions, in the calling thread; how many
/// they are. Events that come meanwhile are left out. An event whose predecessor retention dropped counts as one with a
/// good clock. Lifetime: an event's views live during its call.
/// Errors: not_found (no such stream); of `on_event`; as EventLog::visit_all and visit_stream; corrupt_record, where
/// data does not fit its schema. user_exception, for what the callbacks throw; out_of_memory.
/// Cost: the index serves category, type, organization, stream, and times by the log's clock; of what it admits each
/// event is looked at, on all processors where no stream is given. `where` and `text` walk the bytes of the data, and
/// `backward_clocks` may read one more event for each. Memory: 8 bytes for an event that was found and not yet given,
/// of 65,536 a processor.
Result<std::uint64_t> find_events(const EventLog& log, const SchemaReader& schemas, const EventQuery& query,
                                  FunctionRef<Result<void>(const RecordedEvent&)> on_event,
                                  const OnScanned& on_scanned = {});

}  // namespace v1
}  // namespace eventstore
