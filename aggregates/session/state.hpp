#pragma once
// What is known about a session after its events.
#include <aggregates/session/events.hpp>

namespace domain {

struct SessionState {
  EVENTSTORE_FIELDS(SessionState, (std::string, user_id, , eventstore::subject_id | eventstore::refers_to("user")),
                    (CalendarProvider, provider, CalendarProvider::google),
                    (std::optional<eventstore::Secret>, access_token, , eventstore::secret),
                    (std::optional<eventstore::Secret>, refresh_token, , eventstore::secret),
                    (std::optional<eventstore::Timestamp>, expires_at), (bool, ended, false),
                    (std::optional<eventstore::Timestamp>, ended_at));
};

/// Whether the start has come: no other event says whose it is.
[[nodiscard]] inline bool is_started(const SessionState& state) { return !state.user_id.empty(); }

}  // namespace domain
