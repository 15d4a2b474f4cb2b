#include <eventstore/history/report.hpp>

#include <eventstore/aggregate/first_state.hpp>
#include <eventstore/core/detail/guarded.hpp>
#include <eventstore/history/steps.hpp>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/event_line.hpp>
#include <eventstore/schema/json_document.hpp>
#include <eventstore/version.hpp>

#include <fmt/format.h>

#include <algorithm>

#include "page.hpp"
#include "page_out.hpp"
#include "type_json.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

// Says where a whole state is due: once the changes since the last one have as many bytes as that had. So whole states
// cost no more than the changes do, and the page reaches any version through about as many bytes as a state has.
class Keyframes {
 public:
  void begin(std::size_t state_bytes) { last_bytes_ = state_bytes; }
  bool is_due(std::size_t change_bytes) {
    ++events_;
    change_bytes_ += change_bytes;
    return events_ >= events_min && change_bytes_ >= last_bytes_;
  }
  void take(std::size_t state_bytes) {
    last_bytes_ = state_bytes;
    change_bytes_ = 0;
    events_ = 0;
  }

 private:
  static constexpr std::uint64_t events_min = 64;

  std::size_t last_bytes_ = 0;
  std::size_t change_bytes_ = 0;
  std::uint64_t events_ = 0;
};

class PageWriter {
 public:
  PageWriter(const SchemaReader& schemas, const AggregateType& type, const StreamInfo& info,
             const ReportOptions& options, ReportSink sink)
      : schemas_{schemas}, type_{type}, info_{info}, options_{options}, out_{sink, info.stream, options.bytes_max} {}

  [[nodiscard]] bool has_begun() const { return has_begun_; }

  // All that stands before the events; `state` is that before the first one.
  Result<void> begin(const AnyState& state) {
    has_begun_ = true;
    made_.last = state.version;
    EVENTSTORE_TRY(out_.put(page_before_data));
    std::string head = "{\"form\":1";
    member(head, "stream", info_.stream);
    member(head, "organization_id", info_.organization);
    member(head, "made_at", options_.made_at.to_string());
    member(head, "made_by", fmt::format("eventstore {}", library_version.text));
    head += fmt::format(",\"head\":{},\"type\":", info_.version.value);
    append_type_json(type_.state_schema->type, head);
    EVENTSTORE_TRY_ASSIGN(const std::string json, state_json(type_, state));
    keyframes_.begin(json.size());
    head += fmt::format(",\n\"begin\":{{\"version\":{},\"is_kept\":{},\"state\":", state.version.value,
                        options_.first <= state.version);
    EVENTSTORE_TRY(out_.put_json(head));
    EVENTSTORE_TRY(out_.put_json(json));
    return out_.put("},\n\"events\":[");
  }

  Result<void> take(const Step& step) {
    if (!has_begun_) EVENTSTORE_TRY(begin(step.before));
    if (made_.events++ == 0) made_.first = step.event.version;
    made_.last = step.event.version;
    EVENTSTORE_TRY(write_row(step));
    if (!parser_.parse(row_))
      return failure(Error{Errc::corrupt_record, "write report", info_.stream,
                           "an event's data or metadata are no JSON in UTF-8: leave it out, with --from and --to",
                           step.event.position});
    EVENTSTORE_TRY(out_.put(made_.events == 1 ? "\n" : ",\n"));
    return out_.put_json(row_);
  }

  Result<ReportMade> finish() {
    EVENTSTORE_TRY(out_.put("\n]}"));
    EVENTSTORE_TRY(out_.put(page_after_data));
    EVENTSTORE_TRY(out_.flush());
    made_.bytes = out_.bytes();
    return made_;
  }

 private:
  static void member(std::string& out, std::string_view name, std::string_view text) {
    out += ",\"";
    out += name;
    out += "\":";
    append_json_string(out, text);
  }

  Result<void> write_row(const Step& step) {
    const auto& event = step.event;
    row_ = fmt::format("{{\"version\":{},\"position\":{}", event.version.value, event.position.value);
    member(row_, "event_type", event.type);
    member(row_, "event_id", event.id.to_string());
    member(row_, "created_at", event.created_at.to_string());
    member(row_, "recorded_at", event.recorded_at.to_string());
    row_ += ",\"metadata\":";
    append_metadata_json(step.metadata, row_);
    row_ += ",\"data\":";
    EVENTSTORE_TRY(schemas_.data_to_json(event, row_));
    if (step.after.passed_over.events != step.before.passed_over.events) row_ += ",\"is_passed_over\":true";
    EVENTSTORE_TRY(write_changes(step));
    row_ += '}';
    return {};
  }

  // The page shows whole states, so it gets the changes of all fields, also of those that are bookkeeping.
  Result<void> write_changes(const Step& step) {
    const auto changes = step.after.is_new() ? Changes{} : step.after.changes_since(step.before, ChangedFields::all);
    row_ += ",\"before\":" + changes.before + ",\"after\":" + changes.after;
    if (!keyframes_.is_due(changes.before.size() + changes.after.size())) return {};
    EVENTSTORE_TRY_ASSIGN(const std::string json, state_json(type_, step.after));
    keyframes_.take(json.size());
    ++made_.keyframes;
    row_ += ",\"state\":" + json;
    return {};
  }

  const SchemaReader& schemas_;
  const AggregateType& type_;
  const StreamInfo& info_;
  const ReportOptions& options_;
  PageOut out_;
  Keyframes keyframes_{};
  JsonDocument parser_{};
  std::string row_{};
  bool has_begun_ = false;
  ReportMade made_{};
};

Result<StreamInfo> checked_stream(const EventLog& log, const AggregateType& type, const StreamId& stream,
                                  const ReportOptions& options) {
  if (type.state_schema == nullptr)
    return report_refusal(Errc::invalid_argument, stream.text(), "the events of this category make no state");
  if (options.last < options.first)
    return report_refusal(Errc::invalid_argument, stream.text(),
                          fmt::format("version {} is after version {}", options.first.value, options.last.value));
  EVENTSTORE_TRY_ASSIGN(auto info, log.info(stream));
  if (options.first <= info.version) return info;
  return report_refusal(Errc::not_found, stream.text(),
                        fmt::format("the stream ends at version {}", info.version.value));
}

}  // namespace

Result<ReportMade> write_report(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                                const StreamId& stream, const ReportOptions& options, ReportSink sink,
                                Snapshots* snapshots) {
  return detail::guarded("write report", stream.text(), [&]() -> Result<ReportMade> {
    EVENTSTORE_TRY_ASSIGN(const StreamInfo info, checked_stream(log, type, stream, options));
    PageWriter report{schemas, type, info, options, sink};
    Result<void> taken;
    const auto take = [&](const Step& step) {
      taken = report.take(step);
      return taken.has_value();
    };
    const StepRange range{options.first, std::min(options.last, info.version)};
    EVENTSTORE_TRY(each_step(log, schemas, type, stream, range, take, snapshots));
    EVENTSTORE_TRY(std::move(taken));
    if (!report.has_begun()) {
      EVENTSTORE_TRY_ASSIGN(const auto kept, first_state(log, schemas, type, stream));
      EVENTSTORE_TRY(report.begin(*kept));
    }
    return report.finish();
  });
}

}  // namespace v1
}  // namespace eventstore
