#pragma once
// The state at which the loading of a stream begins: the empty one or, where retention dropped the stream's first
// events, the one that it kept.
#include <eventstore/aggregate/replay.hpp>

namespace eventstore {
inline namespace v1 {

/// The state before the first event of `stream` that the log still has, for loading it up to `last`. It was kept under
/// its schema of that time, and is read as the state of today like an event. Errors: expired, if `last` is before it;
/// unreadable_schema, if the state of today cannot be made of it; corrupt_record, newer_format; as
/// EventLog::kept_state.
Result<std::unique_ptr<AnyState>> first_state(const EventLog& log, const SchemaReader& schemas,
                                              const AggregateType& type, const StreamId& stream,
                                              Version last = no_version_limit);

/// The error of reading events of `stream` that were dropped without keeping their state, from the log's own error.
Error without_state(Error expired);

}  // namespace v1
}  // namespace eventstore
