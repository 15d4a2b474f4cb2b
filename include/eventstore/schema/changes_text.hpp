#pragma once
// What an event changed, as one line for people.
#include <eventstore/schema/json_document.hpp>
#include <string>

namespace eventstore {
inline namespace v1 {

/// "status: assigned → in_transit; tracking_events[3]: + {…}": each changed field of the two sides of a Changes. `+`
/// and
/// `-` stand before an element or an entry that is on one side alone; from nothing, the new values stand alone. An
/// object whose names are numbers on both sides is shown as a list.
[[nodiscard]] std::string describe_changes(JsonNode before, JsonNode after);

}  // namespace v1
}  // namespace eventstore
