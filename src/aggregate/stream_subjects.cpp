#include <eventstore/aggregate/snapshots.hpp>
#include <eventstore/aggregate/stream_subjects.hpp>
#include <eventstore/aggregate/subject_of.hpp>

#include <optional>
#include <unordered_map>

namespace eventstore {
inline namespace v1 {

Result<std::vector<std::string>> StreamSubjects::operator()(const EventLog& log,
                                                            std::span<const NewEvent> events) const {
  std::vector<std::string> subjects(events.size());
  std::optional<SchemaReader> schemas;  // made where a state is needed
  std::unordered_map<std::string, std::unique_ptr<AnyState>> states;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto& event = events[i];
    const auto* const type = aggregates_.find(event.stream.category());
    if (type == nullptr || !type->subject || event.schema.is_none()) continue;
    if (!schemas) schemas.emplace(log);
    auto& state = states[event.stream.text()];
    if (state == nullptr) {
      auto loaded = load_state(log, *schemas, *type, event.stream, no_version_limit, nullptr);
      if (!loaded && loaded.error().code == Errc::expired) {
        subjects[i] = event.stream.text();  // nobody knows any more
        continue;
      }
      if (!loaded) return failure_of(loaded);
      state = std::move(*loaded);
    }
    EVENTSTORE_TRY(apply_new(event, *state, *schemas));
    subjects[i] = subject_of(*type, *state, event.stream);
  }
  return subjects;
}

}  // namespace v1
}  // namespace eventstore
