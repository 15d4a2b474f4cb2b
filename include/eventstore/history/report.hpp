#pragma once
// One stream's history as one web page that needs nothing else: a slider over the versions, the state as a tree, the
// event beside it, and who set each field. It opens from disk in any browser.
#include <cstdint>
#include <eventstore/aggregate/snapshots.hpp>
#include <eventstore/core/function_ref.hpp>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// The first bytes of every report, by which a file is known as one.
inline constexpr std::string_view report_mark = "<!doctype html>\n<!-- A report of eventstore. -->\n";

struct ReportOptions {
  Version first{1};                                            ///< the first event to show
  Version last = no_version_limit;                             ///< the last event to show
  Timestamp made_at{};                                         ///< the time that the page gives as its own
  std::uint64_t bytes_max = std::uint64_t{128} * 1024 * 1024;  ///< a browser takes no larger page with ease
};

/// What was written.
struct ReportMade {
  Version first{};  ///< of the events; 0 where the page shows only the state that retention kept
  Version last{};   ///< the last version that the page shows
  std::uint64_t events = 0;
  std::uint64_t bytes = 0;
  std::uint64_t keyframes = 0;  ///< whole states among the changes
};

/// Takes the page piece by piece. An error ends the report.
using ReportSink = FunctionRef<Result<void>(std::string_view piece)>;

/// Writes the page of `stream` to `sink`, as UTF-8. Where retention dropped the first events and kept the state after
/// them, the page begins with this state. Event data and states stand in the page as JSON that runs nothing.
/// Errors: invalid_argument (`first` after `last`; the type has no state); not_found (no such stream, or it ends before
/// `first`); too_large, with what to ask for instead; corrupt_record, for an event that is no JSON or no UTF-8; as
/// each_step; those of the sink. After an error the sink has a part of a page. Cost: one walk over the events; memory
/// for one event, its changes and a state. Whole states among the changes take at most about twice their bytes.
Result<ReportMade> write_report(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                                const StreamId& stream, const ReportOptions& options, ReportSink sink,
                                Snapshots* snapshots = nullptr);

}  // namespace v1
}  // namespace eventstore
