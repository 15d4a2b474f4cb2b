#pragma once
// From a stream's events to a state without its type.
#include <eventstore/aggregate/aggregate_type.hpp>

namespace eventstore {
inline namespace v1 {

/// In place of a version: the end of the stream.
inline constexpr Version no_version_limit{~std::uint64_t{0}};

/// Folds the events of `stream` after `state`, up to and with `last`, into `state`. A stream that does not exist does
/// not change `state`. Errors: as AnyState::fold, EventLog::read_stream; `state` is then void. Cost: one read of those
/// events.
Result<void> replay(const EventLog& log, const SchemaReader& schemas, const StreamId& stream, AnyState& state,
                    Version last = no_version_limit);

/// Folds an event that is not appended yet into `state`, as the next one of its stream. Errors: as AnyState::apply;
/// corrupt_record for its metadata; `state` is then void.
Result<void> apply_new(const NewEvent& event, AnyState& state, const SchemaReader& schemas);

}  // namespace v1
}  // namespace eventstore
