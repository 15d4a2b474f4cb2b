// `calendar_events`: one document an entry in a user's calendar, until it is deleted.
#include <aggregates/calendar_event/calendar_event.hpp>
#include <projections/common/calendar_documents.hpp>
#include <projections/projections.hpp>
#include <source_hash/calendar_events.hpp>

namespace domain {
namespace {

struct CalendarEvents : ShownDocuments<CalendarEvent, CalendarEventDocument> {
  static constexpr auto name = "calendar_events";
  // The second is not unique: a duplicate in an imported history must not stop the projection.
  static std::vector<eventstore::Index> indexes() {
    return {eventstore::index_on({"user_id", "start", "end"}),
            eventstore::index_on({"user_id", "provider", "provider_event_id"})};
  }
};

}  // namespace

eventstore::ProjectionType calendar_events_projection() {
  return eventstore::projection<CalendarEvents>(source_hash::calendar_events);
}

}  // namespace domain
