#pragma once
// Private to the exports: the streams and the events of a part of a log.
#include <eventstore/core/function_ref.hpp>
#include <eventstore/history/log_part.hpp>

#include "categories.hpp"

namespace eventstore {
inline namespace v1 {

/// Counts events for ExportWatch, and looks whether to stop.
class ExportPace {
 public:
  /// The export reads `total` events, counted each time that it reads them.
  ExportPace(const ExportWatch& watch, std::uint64_t total) : watch_{watch}, total_{total} {}

  /// Errors: stopped.
  Result<void> step();

 private:
  const ExportWatch& watch_;
  std::uint64_t total_;
  std::uint64_t done_ = 0;
};

/// The number of positions in `part`, of which `to` is set: at least as many as it has events.
[[nodiscard]] std::uint64_t positions_of(const LogPart& part);

/// `part` with its bounds as they are in `log` now, so that events which come later are not met by a part of the work.
/// Errors: invalid_argument, where `from` is past `to`; as EventLog::head and dropped.
Result<LogPart> bounded(const EventLog& log, LogPart part);

[[nodiscard]] bool has(const LogPart& part, Position position);

using OnStreamInfo = FunctionRef<Result<void>(const StreamInfo&)>;
using OnRecordedEvent = FunctionRef<Result<void>(const RecordedEvent&)>;

/// The streams of `part` that may have events in it, by name. Errors: as EventLog::streams; those of `on_stream`.
Result<void> each_stream(const EventLog& log, const Categories& categories, const LogPart& part,
                         OnStreamInfo on_stream);

/// The events of a stream that are in `part`, by version. Events that retention dropped are passed over. Errors: as
/// EventLog::read_stream; those of `on_event`.
Result<void> each_event_of(const EventLog& log, const StreamInfo& stream, const LogPart& part,
                           OnRecordedEvent on_event);

/// All events of `part`, by position. Errors: as EventLog::read_all; those of `on_event`.
Result<void> each_event(const EventLog& log, const Categories& categories, const LogPart& part,
                        OnRecordedEvent on_event);

}  // namespace v1
}  // namespace eventstore
