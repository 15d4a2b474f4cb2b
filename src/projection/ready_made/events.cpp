#include <eventstore/projection/ready_made/events.hpp>
#include <source_hash/ready_made_events.hpp>

namespace eventstore {
inline namespace v1 {

std::vector<Index> EventLines::indexes() {
  return {index_on({"event_type"}), index_on({"created_at"}), index_on({"aggregate_type", "aggregate_id"})};
}

void EventLines::project(const AnyChange& change, Operations<Document>& to) {
  const auto& event = change.event();
  to.append(change, {.event_type = std::string{event.type},
                     .event_data = {change.data()},
                     .aggregate_id = std::string{change.key()},
                     .aggregate_type = std::string{change.category()},
                     .created_at = event.created_at,
                     .version = static_cast<std::int64_t>(event.version.value),
                     .metadata = {change.metadata_json()},
                     .event_id = event.id.uuid,
                     .position = static_cast<std::int64_t>(event.position.value)});
}

std::string_view EventLines::library_hash() { return source_hash::ready_made_events; }

ProjectionType events() { return projection<EventLines>(); }

}  // namespace v1
}  // namespace eventstore
