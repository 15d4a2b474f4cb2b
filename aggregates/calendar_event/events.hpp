#pragma once
// What happens to an entry in a user's calendar. All of it is about the user, whom the first event names.
#include <aggregates/calendar_event/details.hpp>
#include <aggregates/common/calendar_provider.hpp>

#include <string_view>

namespace domain {

struct CalendarEventCreated {
  EVENTSTORE_EVENT(CalendarEventCreated,
                   (std::string, user_id, , eventstore::subject_id | eventstore::refers_to("user")),
                   (CalendarProvider, provider), (std::optional<std::string>, provider_event_id),
                   (std::string, summary, , eventstore::personal), (eventstore::Timestamp, start),
                   (eventstore::Timestamp, end), (std::optional<std::string>, description, , eventstore::personal),
                   (std::optional<std::string>, location, , eventstore::personal),
                   (std::optional<Attendees>, attendees, , eventstore::personal));
};

struct CalendarEventChanged {
  EVENTSTORE_EVENT(CalendarEventChanged, (CalendarEventDetails, details, , eventstore::flattened));
};

struct CalendarEventDeleted {
  static constexpr std::string_view audit_action = "delete";
  EVENTSTORE_EVENT(CalendarEventDeleted, (std::optional<std::string>, reason, , eventstore::personal));
};

}  // namespace domain
