#include "line_subjects.hpp"

#include <eventstore/aggregate/snapshots.hpp>
#include <eventstore/aggregate/subject_of.hpp>

namespace eventstore::app {

const AggregateType* LineSubjects::type_of(const StreamId& stream) const {
  for (const auto& type : aggregates_)
    if (type.has_category(stream.category())) return &type;
  return nullptr;
}

Result<std::string> LineSubjects::next(const EventLine& line) {
  const auto* const type = type_of(line.stream);
  if (type == nullptr || !type->subject || line.schema == nullptr) return std::string{};
  auto& state = states_[line.stream.text()];
  if (state == nullptr) {
    EVENTSTORE_TRY_ASSIGN(state, load_state(log_, schemas_, *type, line.stream, no_version_limit, nullptr));
  }
  const RecordedEvent event{.stream = line.stream.text(),
                            .version = state->version.next(),
                            .id = line.metadata.event_id,
                            .type = line.type,
                            .organization = line.metadata.organization,
                            .created_at = line.metadata.created_at,
                            .schema = line.schema->id,
                            .metadata = line.tagged,
                            .data = line.data};
  EVENTSTORE_TRY(state->apply(event, line.metadata, schemas_));
  return subject_of(*type, *state, line.stream);
}

}  // namespace eventstore::app
