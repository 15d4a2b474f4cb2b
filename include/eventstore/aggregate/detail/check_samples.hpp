#pragma once
// Checks that the code reads the golden corpus: a payload that was kept once must be readable for ever.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/schema/detail/sample_file.hpp>

namespace eventstore {
inline namespace v1 {

/// Reads each payload of `file` as replay would, as events of `aggregate`'s category: as the struct of today, by
/// resolution, or by an old struct and its upcaster. The result is written back and read by its own descriptor. Gives
/// the way in which the schema is read. Errors: unreadable_schema, saying what to write; corrupt_record; user_exception
/// where an upcaster threw; each with the number of the payload in Error::where where it is about one.
Result<Verdict::Way> check_samples(const AggregateType& aggregate, const SampleFile& file);

}  // namespace v1
}  // namespace eventstore
