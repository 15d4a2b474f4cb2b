#pragma once
// Private to the faces: an event and what it changed, as one line for a person.
#include <string>
#include <string_view>

namespace eventstore::terminal {

/// `   3  2026-01-28 08:15:00Z  DeliveryStarted  user-7  status: assigned → in_transit` of a JSON object with the
/// members `version`, `created_at`, `event_type` and, where they are there, `user_id`, `clock_ran_back`, `changes` and
/// `data`. The `stream`, where it is there, stands before the version. An event line (docs/reference/command-line.md)
/// is such an object too. Empty where it is none.
[[nodiscard]] std::string log_line(std::string_view object, bool coloured);

}  // namespace eventstore::terminal
