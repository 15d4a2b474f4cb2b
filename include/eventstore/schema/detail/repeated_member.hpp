#pragma once
// Members that an object has twice, of which nobody can tell which one counts.
#include <eventstore/schema/json_document.hpp>
#include <string>

namespace eventstore {
inline namespace v1 {

/// Errors: invalid_argument, where an object within `root` has two members of one name: Error::where is the path. Cost:
/// linear in the nodes, but for the sorting of the names of large objects.
Result<void> check_members(JsonNode root);

}  // namespace v1
}  // namespace eventstore
