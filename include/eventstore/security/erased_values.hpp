#pragma once
// What is left of erased values: that there were some.
#include <eventstore/core/result.hpp>
#include <eventstore/log/event.hpp>
#include <eventstore/schema/schema.hpp>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// The data of `event`, which was opened, with some value in the place of each one that was erased. `schema` is that
/// under which it was written. Errors: corrupt_record.
Result<Bytes> with_some_values(const RecordedEvent& event, const Schema& schema);

/// Those of `places`, offsets of personal values in `data`, at which `other` says something: both are values of
/// `schema`. Errors: corrupt_record.
Result<std::vector<std::size_t>> said_places(const Schema& schema, BytesView data,
                                             const std::vector<std::size_t>& places, BytesView other);

}  // namespace v1
}  // namespace eventstore
