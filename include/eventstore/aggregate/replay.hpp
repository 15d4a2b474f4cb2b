#pragma once
// From a stream's events to a state without its type.
#include <eventstore/aggregate/aggregate_type.hpp>

namespace eventstore {
inline namespace v1 {

/// For what asks for a version: as far as the stream goes.
inline constexpr Version no_version_limit{~std::uint64_t{0}};

/// Folds what `stream` has after `state`, up to and with `last`, into `state`. A stream that does not exist leaves it
/// as it is. Errors: as AnyState::fold, EventLog::read_stream; `state` is then void. Cost: one read of those events.
Result<void> replay(const EventLog& log, const SchemaReader& schemas, const StreamId& stream, AnyState& state,
                    Version last = no_version_limit);

}  // namespace v1
}  // namespace eventstore
