#pragma once
// What is known about a calendar event after its events.
#include <aggregates/calendar_event/events.hpp>

namespace domain {

struct CalendarEventState {
  // early has what changes say that came before the creation, and is absent from the creation on.
  EVENTSTORE_FIELDS(CalendarEventState,
                    (std::string, user_id, , eventstore::subject_id | eventstore::refers_to("user")),
                    (CalendarProvider, provider, CalendarProvider::google),
                    (std::optional<std::string>, provider_event_id), (std::string, summary, , eventstore::personal),
                    (eventstore::Timestamp, start), (eventstore::Timestamp, end),
                    (std::optional<std::string>, description, , eventstore::personal),
                    (std::optional<std::string>, location, , eventstore::personal),
                    (Attendees, attendees, , eventstore::personal), (bool, deleted, false),
                    (std::optional<CalendarEventDetails>, early, , eventstore::bookkeeping));
};

/// Whether the creation has come: no other event says whose it is.
[[nodiscard]] inline bool is_created(const CalendarEventState& state) { return !state.user_id.empty(); }

}  // namespace domain
