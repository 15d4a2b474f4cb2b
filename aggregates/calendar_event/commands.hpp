#pragma once
// What can be asked of a calendar event. A command carries its event's data.
#include <aggregates/calendar_event/events.hpp>

namespace domain {

/// Opens the stream, or creates an event whose changes came first.
struct CreateCalendarEvent {
  EVENTSTORE_COMMAND(CreateCalendarEvent, "create",
                     (std::string, user_id, , eventstore::subject_id | eventstore::refers_to("user")),
                     (CalendarProvider, provider), (std::optional<std::string>, provider_event_id),
                     (std::string, summary, , eventstore::personal), (eventstore::Timestamp, start),
                     (eventstore::Timestamp, end), (std::optional<std::string>, description, , eventstore::personal),
                     (std::optional<std::string>, location, , eventstore::personal),
                     (std::optional<Attendees>, attendees, , eventstore::personal));
};

struct ChangeCalendarEvent {
  EVENTSTORE_COMMAND(ChangeCalendarEvent, "change", (CalendarEventDetails, details, , eventstore::flattened));
};

struct DeleteCalendarEvent {
  EVENTSTORE_COMMAND(DeleteCalendarEvent, "delete", (std::optional<std::string>, reason, , eventstore::personal));
};

}  // namespace domain
