#pragma once
// What happens to a user of the calendar assistant: who it is, and the tokens by which calendars let the assistant in.
// All of it is about the user, so the key of the stream is the subject.
#include <aggregates/common/calendar_provider.hpp>
#include <eventstore/schema/fields.hpp>
#include <eventstore/schema/secret.hpp>

#include <string>
#include <string_view>

namespace domain {

struct UserRegistered {
  EVENTSTORE_EVENT(UserRegistered, (std::string, email, , eventstore::personal));
};

struct UserEmailChanged {
  EVENTSTORE_EVENT(UserEmailChanged, (std::string, email, , eventstore::personal));
};

/// tokens is what the provider gave, as text or as the text of a JSON object.
struct UserTokensUpdated {
  EVENTSTORE_EVENT(UserTokensUpdated, (CalendarProvider, provider), (eventstore::Secret, tokens, , eventstore::secret));
};

struct UserTokensRevoked {
  EVENTSTORE_EVENT(UserTokensRevoked, (CalendarProvider, provider));
};

struct UserErased {
  static constexpr std::string_view audit_action = "delete";
  EVENTSTORE_EVENT(UserErased);
};

}  // namespace domain
