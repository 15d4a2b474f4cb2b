#pragma once
// What is known about a user after its events.
#include <aggregates/user/events.hpp>
#include <eventstore/core/timestamp.hpp>

#include <optional>

namespace domain {

struct UserState {
  // `registered` is here because history may begin with another event; erased_at because
  // nothing may follow an erasure.
  EVENTSTORE_FIELDS(UserState, (std::string, email, , eventstore::personal),
                    (std::optional<eventstore::Secret>, google_token, , eventstore::secret),
                    (std::optional<eventstore::Secret>, microsoft_token, , eventstore::secret),
                    (std::optional<eventstore::Timestamp>, erased_at),
                    (bool, registered, false, eventstore::bookkeeping));
};

/// The token of one provider.
inline const std::optional<eventstore::Secret>& token_of(const UserState& state, CalendarProvider provider) {
  return provider == CalendarProvider::google ? state.google_token : state.microsoft_token;
}

}  // namespace domain
