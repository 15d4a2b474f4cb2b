#pragma once
// Private to history: from the text of a predicate to a program. The grammar stands in docs/guide/predicates.md.
#include <cstddef>
#include <eventstore/core/result.hpp>
#include <eventstore/log/event_log.hpp>
#include "program.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {

/// How deep parentheses, any(), all() and size() may stand within each other.
inline constexpr int nesting_max = 64;
/// How deep any() and all() alone may stand: each asks all elements again.
inline constexpr std::size_t calls_max = 3;

/// Parses `text` for streams of `type`, which has a state and outlives the program. `log` may be null. Errors: as
/// wrong_at and check_event_name.
[[nodiscard]] Result<Program> parse(std::string_view text, const AggregateType& type, const EventLog* log);

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
