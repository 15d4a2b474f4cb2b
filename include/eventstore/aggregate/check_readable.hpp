#pragma once
// Whether this build can read what a log holds of a category, found out before the first event is read.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <span>

namespace eventstore {
inline namespace v1 {

/// Holds every schema that `log` has recorded against the structs of today: those under a name of `type`'s events, and
/// those under names that `type` does not have. Of `all`, the aggregates of the program, the events of others are not
/// searched for: one that is met all the same is unknown_event_type then.
/// Errors: unreadable_schema, naming each event type of the category that cannot be read, with what to write;
/// corrupt_record, io_failed. Cost: small where all that is recorded is known and can be read. The log is searched once
/// for each schema that cannot be read, and for each name that is not known, because another category's events may have
/// it: from bitmaps, but for the last segment; and all events are read of a schema with enumerators that this build
/// does not know.
Result<void> check_readable(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                            std::span<const AggregateType> all = {});

}  // namespace v1
}  // namespace eventstore
