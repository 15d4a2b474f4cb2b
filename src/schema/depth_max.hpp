#pragma once
// How deep a value may be nested.

namespace eventstore {
inline namespace v1 {

/// Levels of records, lists and maps within each other. Deeper ones are refused before they fill the stack.
inline constexpr int depth_max = 64;

}  // namespace v1
}  // namespace eventstore
