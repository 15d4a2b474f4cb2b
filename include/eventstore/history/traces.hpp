#pragma once
// The streams of one category as traces, one after the other: a case and its events, for formats of process mining that
// know one notion of a case.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/history/event_values.hpp>
#include <eventstore/history/log_part.hpp>
#include <span>

namespace eventstore {
inline namespace v1 {

/// Lifetime: the call's.
struct TracedEvent {
  const RecordedEvent& event;
  const Metadata& metadata;
  const Type* type;  ///< of the data; null where the event has no schema
  JsonNode data;
};

/// Errors of all members end the export. Threads: one at a time.
class TraceSink {
 public:
  virtual ~TraceSink() = default;

  virtual Result<void> begin_trace(const StreamInfo& stream) = 0;
  /// In the order of the versions.
  virtual Result<void> event(const TracedEvent& event) = 0;
  virtual Result<void> end_trace() = 0;
};

struct TraceCounts {
  std::uint64_t traces = 0;
  std::uint64_t events = 0;
};

/// Gives each stream of `part` that has events in it to `sink`. A category that one of `types` has is found under its
/// earlier names, too. Errors: invalid_argument (the bounds of `part`); stopped; those of the sink; as
/// EventLog::read_stream. Cost: reads each event once; one page of events stands in memory.
Result<TraceCounts> write_traces(const EventLog& log, const SchemaReader& schemas, std::span<const AggregateType> types,
                                 const LogPart& part, TraceSink& sink, const ExportWatch& watch = {});

}  // namespace v1
}  // namespace eventstore
