#pragma once
// Load, decide, append; again on a conflict.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/aggregate/snapshots.hpp>

namespace eventstore {
inline namespace v1 {

struct CommandOptions {
  Metadata metadata{};       ///< organization, user and the rest; event_id and created_at are set by execute
  Uuid command_id{};         ///< nil: a new one. A second run with the same id appends nothing
  unsigned retries_max = 8;  ///< times to load and decide again after losing a race
};

struct ExecutedEvent {
  EventId id{};
  Placed placed{};
  const Schema* schema = nullptr;  ///< null for the events of a repeated command that another build decided
  Bytes data{};
};

/// The outcome of a command.
struct Executed {
  std::vector<ExecutedEvent> events;  ///< none if there was nothing to do
  Version version{};                  ///< of the stream afterwards
  bool already_there = false;         ///< the command had been executed before
};

/// A decision on the stream as it was loaded; `state` is null where it does not exist.
using Decide = std::function<Result<AnyDecision>(const AnyState* state, const Context& context)>;

/// Runs the command `decide` on `stream`: loads, decides, appends at the loaded version, and starts again when another
/// writer was faster. If the category was renamed, `stream` may have any of its names, and stands for the stream that
/// stream_of finds. A first event is appended only if no stream of another name exists. Event ids are UUIDv5 of
/// (command id, stream, ordinal). Errors: refused (Error::detail is the sentence, Error::during the code unless that is
/// plain "refused"), also for opening a stream that exists; not_found for a command that needs a stream; id_conflict as
/// stream_of; wrong_version once retries_max is used up; wrong_organization; as EventLog::append and AnyState::apply.
/// Nothing is written then, except as append says. Cost: one load_state for each try.
Result<Executed> execute(EventLog& log, const SchemaReader& schemas, const Clock& clock, const AggregateType& type,
                         const StreamId& stream, StreamNeed needs, const Decide& decide,
                         const CommandOptions& options = {}, Snapshots* snapshots = nullptr);

}  // namespace v1
}  // namespace eventstore
