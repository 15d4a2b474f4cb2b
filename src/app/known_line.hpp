#pragma once
// Private to app: what the log knows already of an event line.
#include <eventstore/log/event_log.hpp>
#include <eventstore/schema/event_line.hpp>
#include <span>

namespace eventstore::app {

/// Gives `line` the id that an earlier build derived for it, if the log has the line under that id, and the defaults
/// that were first locked, if the log has the line with those. Errors: as EventLog::find. Cost: one search, for a line
/// whose derived id or whose default has changed.
Result<void> take_known_form(const EventLog& log, EventLine& line);

/// The better sentence for `error`, with which the log refused `line`: where the log has another event at the version
/// that the line claims, or under its id, it is an id_conflict that names the fields that differ.
Error explain_refusal(const EventLog& log, const EventLine& line, Error error);
/// The same for lines of one commit: about the first that differs.
Error explain_refusal(const EventLog& log, std::span<const EventLine> lines, Error error);

}  // namespace eventstore::app
