#pragma once
// Whether an event that is appended again has the data that it had the first time, perhaps under another schema.
#include <eventstore/log/event.hpp>
#include <eventstore/schema/schema.hpp>

namespace eventstore {
inline namespace v1 {

/// `schema` is that of `given`, null where its data is JSON; `stored_schema` is the descriptor of stored.schema, empty
/// where that is none. Data under different schemas is the same if one resolves to the other; a descriptor has no
/// defaults, so a field that only the stored schema has makes a difference. Free data is the same whatever the order of
/// its members and the form of its numbers; an event kept as JSON must have the same text. Errors:
/// corrupt_record, where the descriptor or the stored data is damaged.
Result<bool> has_same_data(const NewEvent& given, const Schema* schema, const RecordedEvent& stored,
                           BytesView stored_schema);

}  // namespace v1
}  // namespace eventstore
