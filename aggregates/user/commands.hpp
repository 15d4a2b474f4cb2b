#pragma once
// What can be asked of a user. A command carries its event's data.
#include <aggregates/user/events.hpp>

namespace domain {

/// Opens the stream, or registers a user whose later events came first.
struct RegisterUser {
  EVENTSTORE_COMMAND(RegisterUser, "register", (std::string, email, , eventstore::personal));
};

struct ChangeUserEmail {
  EVENTSTORE_COMMAND(ChangeUserEmail, "change_email", (std::string, email, , eventstore::personal));
};

struct UpdateUserTokens {
  EVENTSTORE_COMMAND(UpdateUserTokens, "update_tokens", (CalendarProvider, provider),
                     (eventstore::Secret, tokens, , eventstore::secret));
};

struct RevokeUserTokens {
  EVENTSTORE_COMMAND(RevokeUserTokens, "revoke_tokens", (CalendarProvider, provider));
};

struct EraseUser {
  EVENTSTORE_COMMAND(EraseUser, "erase");
};

}  // namespace domain
