#include <eventstore/core/detail/guarded.hpp>
#include <eventstore/history/traces.hpp>
#include <eventstore/log/metadata.hpp>

#include "log_walk.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

class Tracer {
 public:
  Tracer(const EventLog& log, const SchemaReader& schemas, const LogPart& part, TraceSink& sink,
         const ExportWatch& watch)
      : log_{log}, part_{part}, sink_{sink}, pace_{watch, positions_of(part)}, data_{schemas} {}

  Result<void> trace(const StreamInfo& stream) {
    bool has_begun = false;
    const auto take = [&](const RecordedEvent& event) -> Result<void> {
      if (!has_begun) EVENTSTORE_TRY(sink_.begin_trace(stream));
      has_begun = true;
      return give(event);
    };
    EVENTSTORE_TRY(each_event_of(log_, stream, part_, take));
    if (!has_begun) return {};
    ++counts_.traces;
    return sink_.end_trace();
  }
  [[nodiscard]] const TraceCounts& counts() const { return counts_; }

 private:
  Result<void> give(const RecordedEvent& event) {
    EVENTSTORE_TRY(pace_.step());
    EVENTSTORE_TRY(metadata_into(event, metadata_));
    EVENTSTORE_TRY_ASSIGN(const JsonNode data, data_.read(event));
    ++counts_.events;
    return sink_.event({event, metadata_, data_.type(), data});
  }

  const EventLog& log_;
  const LogPart& part_;
  TraceSink& sink_;
  ExportPace pace_;
  EventData data_;
  Metadata metadata_{};
  TraceCounts counts_{};
};

}  // namespace

Result<TraceCounts> write_traces(const EventLog& log, const SchemaReader& schemas, std::span<const AggregateType> types,
                                 const LogPart& part, TraceSink& sink, const ExportWatch& watch) {
  return detail::guarded("export", {}, [&]() -> Result<TraceCounts> {
    EVENTSTORE_TRY_ASSIGN(const LogPart bounds, bounded(log, part));
    Tracer tracer{log, schemas, bounds, sink, watch};
    EVENTSTORE_TRY(each_stream(log, Categories{log, types}, bounds,
                               [&tracer](const StreamInfo& stream) { return tracer.trace(stream); }));
    return tracer.counts();
  });
}

}  // namespace v1
}  // namespace eventstore
