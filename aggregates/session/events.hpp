#pragma once
// What happens to a session: the time for which a provider lets the assistant into a user's calendar. All of it is
// about the user, whom the first event names.
#include <aggregates/common/calendar_provider.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/schema/fields.hpp>
#include <eventstore/schema/secret.hpp>

#include <optional>
#include <string>

namespace domain {

struct SessionStarted {
  EVENTSTORE_EVENT(SessionStarted, (std::string, user_id, , eventstore::subject_id | eventstore::refers_to("user")),
                   (CalendarProvider, provider), (eventstore::Secret, access_token, , eventstore::secret),
                   (std::optional<eventstore::Secret>, refresh_token, , eventstore::secret),
                   (eventstore::Timestamp, expires_at));
};

struct SessionRefreshed {
  EVENTSTORE_EVENT(SessionRefreshed, (eventstore::Secret, access_token, , eventstore::secret),
                   (std::optional<eventstore::Secret>, refresh_token, , eventstore::secret),
                   (eventstore::Timestamp, expires_at));
};

struct SessionEnded {
  EVENTSTORE_EVENT(SessionEnded, (std::optional<std::string>, reason, , eventstore::personal));
};

}  // namespace domain
