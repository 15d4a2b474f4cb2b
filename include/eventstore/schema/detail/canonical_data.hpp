#pragma once
// The text of a value that does not depend on how JSON spelled it. Ids derive from it.
#include <eventstore/schema/schema.hpp>
#include <string>

namespace eventstore {
inline namespace v1 {

/// Appends the value of `type` as JSON: members sorted by the oldest name of their field, without fields that have
/// their default and without empty optionals, numbers as Decimal::write_canonical() writes them, times without a
/// fraction where it is zero. `bytes` are a value of `type`. Cost: reads the bytes twice for each level of records.
void write_canonical_data(const Type& type, BytesView bytes, std::string& out);

}  // namespace v1
}  // namespace eventstore
