#pragma once
// Whether this build can read what a log holds of a category, found out before the first event is read.
#include <eventstore/aggregate/aggregate_type.hpp>

namespace eventstore::inline v1 {

/// Holds every schema that `log` has recorded under a name of `type`'s events against the structs of today.
/// Errors: unreadable_schema, naming each event type of the category that cannot be read, with what to write;
/// corrupt_record, io_failed. Cost: small; only where a schema cannot be read, the log is searched for an event of the
/// category that has it, because another category's events may have the same name.
Result<void> check_readable(const EventLog& log, const SchemaReader& schemas, const AggregateType& type);

/// As above, of a category without its type.
Result<void> check_readable(const EventLog& log, const SchemaReader& schemas, std::string_view category,
                            const ReadableSchemas& readable);

}  // namespace eventstore::inline v1
