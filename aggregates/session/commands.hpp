#pragma once
// What can be asked of a session. A command carries its event's data.
#include <aggregates/session/events.hpp>

namespace domain {

/// Opens the stream, or starts a session whose later events came first.
struct StartSession {
  EVENTSTORE_COMMAND(StartSession, "start",
                     (std::string, user_id, , eventstore::subject_id | eventstore::refers_to("user")),
                     (CalendarProvider, provider), (eventstore::Secret, access_token, , eventstore::secret),
                     (std::optional<eventstore::Secret>, refresh_token, , eventstore::secret),
                     (eventstore::Timestamp, expires_at));
};

struct RefreshSession {
  EVENTSTORE_COMMAND(RefreshSession, "refresh", (eventstore::Secret, access_token, , eventstore::secret),
                     (std::optional<eventstore::Secret>, refresh_token, , eventstore::secret),
                     (eventstore::Timestamp, expires_at));
};

struct EndSession {
  EVENTSTORE_COMMAND(EndSession, "end", (std::optional<std::string>, reason, , eventstore::personal));
};

}  // namespace domain
