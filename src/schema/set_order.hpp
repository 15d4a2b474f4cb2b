#pragma once
// Private to the schema layer: the order of a set's elements, without their C++ type.
#include <eventstore/schema/detail/archive.hpp>
#include <eventstore/schema/type.hpp>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// Writes a set of these elements, each the bytes of an `element`: in the order that std::set of the C++ type has, each
/// once, so that equal sets have equal bytes. Enumerators stand in the order of the enumeration.
void write_set(const Type& element, std::vector<Bytes> elements, BytesOut& out);

}  // namespace v1
}  // namespace eventstore
