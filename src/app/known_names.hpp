#pragma once
// Private to the use cases: names of event types and categories that somebody wrote, checked before they are looked
// for, because a misspelt name would find nothing.
#include <eventstore/app/store.hpp>
#include <string>
#include <string_view>

namespace eventstore::app {

/// Whether the program knows the event type, or an event of the store has it; an empty one is no question. Errors:
/// unknown_event_type, with the name that was meant; the log's. Cost: for a type that nobody knows, a look at the index
/// of each segment.
Result<void> check_known_type(const Store& store, const std::string& type, std::string_view during);

/// Whether the program knows the category, or a stream of the store has it, likewise. Errors: invalid_argument, with
/// the name that was meant; the log's.
Result<void> check_known_category(const Store& store, const std::string& category, std::string_view during);

}  // namespace eventstore::app
