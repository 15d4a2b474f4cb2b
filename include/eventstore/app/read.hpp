#pragma once
// Events as they were recorded: of one stream, or of the whole log.
#include <eventstore/core/function_ref.hpp>
#include <eventstore/log/event_log.hpp>
#include <eventstore/schema/fields.hpp>

namespace eventstore::app {

struct ReadOneStream {
  EVENTSTORE_FIELDS(ReadOneStream, (std::string, stream, , help("Stream to print, like {stream}")),
                    (std::uint64_t, from, 0, help("First version to print; 0: from the beginning")),
                    (std::uint64_t, to, 0, help("Last version to print; 0: to the end")),
                    (std::string, limit, "all", help("Largest number of events to print, or all")),
                    (bool, backward, false, help("Print the newest event first")));
};

struct ReadWholeLog {
  EVENTSTORE_FIELDS(ReadWholeLog, (std::uint64_t, from, 0, help("First position to print; 0: from the beginning")),
                    (std::uint64_t, to, 0, help("Last position to print; 0: to the end")),
                    (std::string, limit, "all", help("Largest number of events to print, or all")),
                    (bool, backward, false, help("Print the newest event first")),
                    (std::string, category, "", help("Print only events of this category of streams")),
                    (std::string, type, "", help("Print only events of this type")),
                    (std::string, organization_id, "", help("Print only events of this organization")),
                    (bool, follow, false, help("Keep running, and print new events until interrupted")));
};

/// Lifetime: the event's views live during the call. Errors: end the reading with them.
using OnEvent = FunctionRef<Result<void>(const RecordedEvent&)>;

/// For ReadWholeLog::follow.
struct Following {
  std::stop_token stop{};
  std::function<Result<void>()> on_waiting{};  ///< called whenever all events were given, before waiting for more
};

/// Whether encrypted values stay so.
enum class ReadForm : std::uint8_t { clear, as_stored };

/// The number in `limit`, or that of all events. Errors: invalid_argument.
Result<std::uint64_t> limit_of(const std::string& limit);

/// Errors: invalid_argument (no stream id, no limit); not_found (no such stream); as EventLog::read_stream.
Result<void> read(const EventLog& log, const ReadOneStream& parameters, OnEvent on_event);

/// Errors: invalid_argument (no limit, both follow and backward); as EventLog::read_all. A stop ends it without an
/// error.
Result<void> read(const EventLog& log, const ReadWholeLog& parameters, OnEvent on_event,
                  const Following& following = {}, ReadForm form = ReadForm::clear);

}  // namespace eventstore::app
