#pragma once
// Private to the faces: an event and what it changed, as a line for a person.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace eventstore::terminal {

/// `   3  2026-01-28 08:15:00Z  DeliveryStarted  user-7  status: assigned → in_transit` of a JSON object with the
/// members `version`, `created_at`, `event_type` and, where they are there, `user_id`, `clock_ran_back`, `changes` and
/// `data`. The `stream`, where it is there, stands before the version. An event line (docs/reference/command-line.md)
/// is such an object too. Changes that would go beyond `width` characters stand in further lines, indented; where it is
/// absent, all is one line. A single change is not broken. Empty where `object` is none.
[[nodiscard]] std::string log_line(std::string_view object, bool coloured,
                                   std::optional<std::size_t> width = std::nullopt);

}  // namespace eventstore::terminal
