#include <eventstore/app/subject.hpp>
#include <eventstore/history/steps.hpp>
#include <eventstore/schema/event_line.hpp>

#include "subject_notes.hpp"
#include "subject_traces.hpp"

namespace eventstore::app {
namespace {

/// The state of a stream that is about the person.
struct StateLine {
  EVENTSTORE_FIELDS(StateLine, (std::string, stream), (std::uint64_t, version), (Timestamp, updated_at), (Json, state));
};

// In clear, unless it was erased.
Result<std::string> line_of(const Store& store, const RecordedEvent& stored) {
  EVENTSTORE_TRY_ASSIGN(const auto stream, StreamId::parse(stored.stream));
  EVENTSTORE_TRY_ASSIGN(const Page page, store.log().find(stream, stored.id));
  std::string line;
  EVENTSTORE_TRY(append_event_line(page.events.front(), store.schemas(), line));
  return line;
}

Result<std::optional<std::string>> state_of(const Store& store, const std::string& subject, const std::string& name) {
  EVENTSTORE_TRY_ASSIGN(const auto stream, StreamId::parse(name));
  const auto type = find_aggregate(store.model(), stream.category());
  if (!type || (*type)->state_schema == nullptr) return std::optional<std::string>{};
  EVENTSTORE_TRY_ASSIGN(const auto about, subject_of_stream(store, **type, stream));
  if (about != subject) return std::optional<std::string>{};
  EVENTSTORE_TRY_ASSIGN(const auto state,
                        load_state(store.log(), store.schemas(), **type, stream, no_version_limit, store.snapshots()));
  StateLine line{name, state->version.value, state->updated_at, {}};
  EVENTSTORE_TRY_ASSIGN(line.state.text, shown_state_json(store.log(), **type, stream, *state));
  return std::optional{to_json(line)};
}

}  // namespace

Result<void> export_subject(const Store& store, const ExportSubject& parameters,
                            FunctionRef<Result<void>(std::string_view json)> on_line, const OnProgress& on_progress,
                            const std::stop_token& stop) {
  const Subject subject{parameters.organization_id, parameters.subject};
  const auto print = [&](const RecordedEvent& stored, const std::vector<std::string>&) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(const auto line, line_of(store, stored));
    return on_line(line);
  };
  EVENTSTORE_TRY_ASSIGN(const auto streams, trace_subject(store, subject, {}, print, on_progress, stop));
  const auto print_note = [&](const SubjectNote& note) -> Result<void> {
    std::string line;
    EVENTSTORE_TRY(append_event_line(note.stored, note.json, line));
    return on_line(line);
  };
  EVENTSTORE_TRY_ASSIGN(const auto notes, each_subject_note(store, subject, print_note));
  if (streams.empty() && notes == 0)
    return failure(Errc::not_found, "export subject", subject.id,
                   "nothing is stored about this person in organization " + subject.organization);
  for (const auto& [name, counts] : streams) {
    EVENTSTORE_TRY_ASSIGN(const auto line, state_of(store, subject.id, name));
    if (line) EVENTSTORE_TRY(on_line(*line));
  }
  return {};
}

}  // namespace eventstore::app
