#pragma once
// The text of a value that does not depend on how JSON spelled it. Ids derive from it.
#include <eventstore/core/function_ref.hpp>
#include <eventstore/schema/schema.hpp>
#include <string>

namespace eventstore {
inline namespace v1 {

/// Appends the value of `type` as JSON: members sorted by the oldest name of their field, without fields that have
/// their default and without empty optionals, numbers as Decimal::write_canonical() writes them, times without a
/// fraction where it is zero. `bytes` are a value of `type`. Cost: reads the bytes twice for each level of records.
void write_canonical_data(const Type& type, BytesView bytes, std::string& out);

/// Gives the JSON that is written in place of a personal field or a secret. `offset` is its place in the bytes, and
/// `text` what would be written; empty: that is written.
using CanonicalStandIn = FunctionRef<std::string(std::size_t offset, std::string_view text)>;

/// As above, with stand-ins.
void write_canonical_data(const Type& type, BytesView bytes, std::string& out, CanonicalStandIn stand_in);

}  // namespace v1
}  // namespace eventstore
