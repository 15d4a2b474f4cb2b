#pragma once
// Load, decide, append; again on a conflict.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/aggregate/snapshots.hpp>

namespace eventstore {
inline namespace v1 {

struct CommandOptions {
  Metadata metadata{};  ///< organization, user and the rest; event_id and created_at are set by execute
  /// Nil: a new one. Otherwise the command's outcome is recorded under it, also if there was nothing to do or the
  /// command was refused for good: a second run with the same id on the same stream appends nothing, and gets the
  /// outcome of the first run.
  Uuid command_id{};
  unsigned retries_max = 8;  ///< times to load and decide again after losing a race
  Uuid content{};            ///< Nil: command_content() of the command; where there is none, contents are not compared
};

/// Stands for a command's name, schema and data: a repeat has the same, and another command has another. A repeat by
/// another release, under another schema, is known by the name alone.
Uuid command_content(std::string_view name, const Schema& schema, BytesView command);

/// The same for a command that `log` keeps: of one with personal fields or secrets, the data is told by a code under
/// the log's keys, so that nobody can guess it from the log. Errors: as ValueCipher::own_code.
Result<Uuid> command_content(const EventLog& log, std::string_view name, const Schema& schema, BytesView command);

struct ExecutedEvent {
  EventId id{};
  Placed placed{};
  const Schema* schema = nullptr;  ///< null for the events of a repeated command: read them from the log
  Bytes data{};
  Timestamp created_at{};
  std::string stream{};
};

/// The outcome of a command.
struct Executed {
  /// Of all streams, those of `stream` first; none if there was nothing to do. Claims of unique values are in the log
  /// alone.
  std::vector<ExecutedEvent> events;
  std::string stream{};  ///< on which the command ran
  Version version{};     ///< of that stream afterwards
  /// Fields of facts whose values another stream has claimed; of what append_events has appended now.
  std::vector<std::string> duplicates{};
  bool already_there = false;  ///< the command had been executed before; `version` is then that of its end
  /// Whether the inline projections of the store reflect the events, as Receipt::projected; absent for the repeat of a
  /// command, too.
  std::optional<bool> projected{};
};

/// Runs the command whose bytes are `data` on `stream`: loads the stream and the others that the command's `keys`
/// names, decides, appends, and starts again when another writer was faster. The one way of every command, whoever
/// gives it.
///
/// The commit takes effect only if every stream that was read is as the decision saw it: at the same version, or still
/// not there. A stream that the decision writes and did not read may have any version. Event ids are UUIDv5 of (command
/// id, stream, ordinal), on other streams also of the command's own. If a category was renamed, `stream` and the others
/// may have any of its names, and stand for the stream that stream_of finds; a first event is appended only if no
/// stream of another name exists.
///
/// What the aggregates declare as unique is claimed in the same commit, and what they have no more is released: see
/// docs/guide/unique-values.md. A value that another stream has is refused with the code "not_unique".
///
/// `aggregates` are those of the program: others are loaded by its types, with its snapshots; those that are not among
/// them are replayed.
///
/// Errors: refused (Error::detail is the sentence, Error::refusal_code the code), also for opening a stream that
/// exists; not_found for a command that needs a stream; id_conflict as stream_of, and if the command id was used for
/// another command or other data; expired if retention dropped the events of the first run; wrong_version once
/// retries_max is used up; wrong_organization, where the stream, one of the others, or one that is written belongs to
/// another organization: nothing of it is shown to the decision; unknown_event_type, where a stream that was read has
/// events that this build does not know and its aggregate does not pass them over; invalid_argument, where a key that
/// is written is no key; out_of_memory; user_exception, for what `keys` or `decide` throws; as EventLog::append and
/// AnyState::apply; missing_key, where a unique value is to be claimed on a log that lasts and has no keys. No event is
/// written then, except as append says. Cost: one load_state a stream for each try.
Result<Executed> execute(EventLog& log, const SchemaReader& schemas, const Clock& clock, const AggregateType& type,
                         const StreamId& stream, const CommandType& command, BytesView data,
                         const CommandOptions& options = {}, Snapshots* snapshots = nullptr,
                         std::span<const AggregateType> aggregates = {});

/// A decision that is no command of the model, on one stream as it was loaded; `state` is null where it does not exist.
using Decide = std::function<Result<AnyDecision>(const AnyState* state, const Context& context)>;

/// As above, for a function that decides whether to record a fact.
Result<Executed> execute(EventLog& log, const SchemaReader& schemas, const Clock& clock, const AggregateType& type,
                         const StreamId& stream, StreamNeed needs, const Decide& decide,
                         const CommandOptions& options = {}, Snapshots* snapshots = nullptr);

/// Appends `events` to `stream` as facts: nothing is loaded or decided, and the stream may have any version. The events
/// get their ids as those of a command, and a repeat by options.command_id is recognised like one. Where one of
/// `aggregates`, those of the program, is the stream's and declares unique values, they are claimed and released in the
/// same commit, as those of imported lines are: a value that another stream has is named in Executed::duplicates, and
/// not refused. Errors: as execute, but for those of deciding. Cost: one load_state a try, where there are unique
/// values.
Result<Executed> append_events(EventLog& log, const Clock& clock, const StreamId& stream,
                               std::span<const DecidedEvent> events, const CommandOptions& options,
                               std::span<const AggregateType> aggregates = {});

}  // namespace v1
}  // namespace eventstore
