#pragma once
// Whose calendar it is; one vocabulary for a user's tokens, sessions and events.
#include <eventstore/schema/enum.hpp>

namespace domain {

EVENTSTORE_ENUM(CalendarProvider, google, microsoft);

}  // namespace domain
