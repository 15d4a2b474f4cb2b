// `events`: every event in the line format, for SQL over the stream itself.
#include <projections/projections.hpp>
#include <source_hash/events.hpp>

namespace domain {
namespace {

namespace es = eventstore;
using std::int64_t, std::string;

struct EventLines {
  static constexpr auto name = "events";
  static constexpr int keep_days = 365;
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, event_type), (es::Json, event_data), (string, aggregate_id),
                      (string, aggregate_type), (es::Timestamp, created_at), (int64_t, version), (es::Json, metadata),
                      (es::Uuid, event_id), (int64_t, position));
  };
  using reads = es::Everything;
  static std::vector<es::Index> indexes() {
    return {es::index_on({"event_type"}), es::index_on({"created_at"}),
            es::index_on({"aggregate_type", "aggregate_id"})};
  }

  static void project(const es::AnyChange& change, es::Operations<Document>& to) {
    const auto& event = change.event();
    to.append(change, {.event_type = string{event.type},
                       .event_data = {change.data()},
                       .aggregate_id = string{change.key()},
                       .aggregate_type = string{change.category()},
                       .created_at = event.created_at,
                       .version = static_cast<int64_t>(event.version.value),
                       .metadata = {change.metadata_json()},
                       .event_id = event.id.uuid,
                       .position = static_cast<int64_t>(event.position.value)});
  }
};

}  // namespace

es::ProjectionType events_projection() { return es::projection<EventLines>(source_hash::events); }

}  // namespace domain
