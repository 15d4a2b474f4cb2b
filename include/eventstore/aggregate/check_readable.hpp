#pragma once
// Whether this build can read a category's events in a log, checked before the first event is read.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <span>

namespace eventstore {
inline namespace v1 {

/// Compares every schema that `log` has recorded with the structs of today: the schemas with a name of `type`'s events,
/// and, where `type` refuses unknown events, the schemas with names that it does not have. Event types of the other
/// aggregates in `all` are not searched for in the category: if the category has such an event, reading it is
/// unknown_event_type. Errors: unreadable_schema, naming each event type of the category that cannot be read, with what
/// to write; corrupt_record, io_failed. Cost: small if all recorded schemas are known and can be read. The log is
/// searched once for each schema that cannot be read, and for each unknown name, because the events may belong to
/// another category. The search uses bitmaps, except in the last segment. If a schema has enumerators that this build
/// does not know, all its events are read.
Result<void> check_readable(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                            std::span<const AggregateType> all = {});

}  // namespace v1
}  // namespace eventstore
