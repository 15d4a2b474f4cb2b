#pragma once
// Private to aggregate: what the log keeps of a command that ran under an id that its caller gave.
#include <eventstore/aggregate/execute.hpp>
#include <eventstore/log/event_log.hpp>
#include <eventstore/security/encrypted_texts.hpp>

namespace eventstore {
inline namespace v1 {

/// The result of a command, kept as JSON: {"events":2,"version":7}. Its events stand one behind another in the log, and
/// the first of them is found by its id.
struct CommandResult {
  EVENTSTORE_FIELDS(CommandResult, (std::uint64_t, version),     // of the stream afterwards
                    (std::uint64_t, events, 0),                  // that the command appended to that stream
                    (std::uint64_t, others, 0),                  // that it appended to other streams, behind these
                    (std::optional<std::string>, first_stream),  // of `others`, where there are no `events`
                    (std::optional<std::string>, refusal_code), (std::optional<std::string>, refusal));
};

/// The rule by which the events of a command that ran on `own` get their ids in `stream`. On another stream they derive
/// from both names: two streams may use one command id, each for a command of its own.
EventIdRule ids_of_command(const Uuid& command_id, const StreamId& own, const StreamId& stream);

/// The error for a stream, or an outcome, of another organization.
tl::unexpected<Error> wrong_organization(const StreamId& stream);

/// The answer of a command that was executed on `stream` before; absent where it was not. Errors: refused, as the first
/// time; id_conflict, where the id was another command's; wrong_organization, so that guessing an id shows nobody
/// another organization's events; expired, where retention dropped its events; as EventLog::find.
/// `others` name streams that are the same aggregate's: a command may have been refused under an earlier name.
Result<std::optional<Executed>> find_executed(const EventLog& log, const StreamId& stream,
                                              std::span<const Expectation> others, const CommandOptions& options);

/// Adds what `writer` has for `events` of `stream`. Before the append: after it, nothing may fail for want of memory.
void add_executed(const EventWriter& writer, const StreamId& stream, std::span<const DecidedEvent> events,
                  Executed& executed);
/// Notes where the events were placed. Those behind them in the commit are claims.
void place_executed(const Receipt& receipt, Executed& executed) noexcept;

/// Where the sentence of a refusal stands that is kept as the outcome of a command.
TextPlace place_of_refusal(const StreamId& stream, const CommandOptions& options);

/// Adds the outcome of the command to `writer`, if the caller gave an id. Nobody can repeat an id that was made up.
/// Lifetime: `text` holds what the writer views, and outlives it.
void add_outcome(EventWriter& writer, const StreamId& stream, const CommandResult& result,
                 const CommandOptions& options, std::string& text);

}  // namespace v1
}  // namespace eventstore
