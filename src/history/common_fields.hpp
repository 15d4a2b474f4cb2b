#pragma once
// Private to the history layer: two states of different types, compared by the fields that both have.
#include <eventstore/schema/changes.hpp>
#include <eventstore/schema/json_document.hpp>

namespace eventstore {
inline namespace v1 {

/// The fields at the top, of those that both records have, whose values differ: each whole on both sides, a side
/// without a value is without the field. Within records, again, only the fields that both have count; lists and maps
/// are compared by element.
[[nodiscard]] Changes common_changes(const Type& before_type, JsonNode before, const Type& after_type, JsonNode after);

}  // namespace v1
}  // namespace eventstore
