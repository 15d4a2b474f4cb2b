#pragma once
// What an event changed, in words for people.
#include <eventstore/schema/json_document.hpp>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// "status: assigned → in_transit", "tracking_events[3]: + {…}": each changed place of the two sides of a Changes. `+`
/// and `-` stand before what is on one side alone; from nothing, the new values stand alone. An object whose names are
/// numbers on both sides is shown as a list.
[[nodiscard]] std::vector<std::string> list_changes(JsonNode before, JsonNode after);

/// The same in one line, parted by "; ".
[[nodiscard]] std::string describe_changes(JsonNode before, JsonNode after);

}  // namespace v1
}  // namespace eventstore
