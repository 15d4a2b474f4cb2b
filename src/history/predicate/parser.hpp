#pragma once
// Private to history: from the text of a predicate to a program. The grammar stands in docs/guide/predicates.md.
#include <eventstore/core/result.hpp>
#include "program.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {

/// How deep parentheses, any(), all() and size() may stand within each other.
inline constexpr int nesting_max = 64;

/// Parses `text` for states of the type `state`, a record, which outlives the program. Errors: as wrong_at.
[[nodiscard]] Result<Program> parse(std::string_view text, const Type& state);

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
