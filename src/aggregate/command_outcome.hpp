#pragma once
// Private to aggregate: what the log keeps of a command that ran under an id that its caller gave.
#include <eventstore/aggregate/execute.hpp>
#include <eventstore/log/event_log.hpp>

namespace eventstore {
inline namespace v1 {

/// The result of a command, kept as JSON: {"events":2,"version":7}.
struct CommandResult {
  EVENTSTORE_FIELDS(CommandResult, (std::uint64_t, version),  // of the stream afterwards
                    (std::uint64_t, events, 0),               // that the command appended; 0: there was nothing to do
                    (std::optional<std::string>, refusal_code), (std::optional<std::string>, refusal));
};

[[nodiscard]] std::string outcome_text(const CommandResult& result);

/// The answer of a command that was executed on `stream` before; absent where it was not. Errors: refused, as the first
/// time; id_conflict, where the id was another command's; wrong_organization, so that guessing an id shows nobody
/// another organization's events; expired, where retention dropped its events; as EventLog::find.
Result<std::optional<Executed>> find_executed(const EventLog& log, const AggregateType& type, const StreamId& stream,
                                              const CommandOptions& options);

}  // namespace v1
}  // namespace eventstore
