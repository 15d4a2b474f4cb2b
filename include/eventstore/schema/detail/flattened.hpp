#pragma once
// Which fields have no name of their own in JSON.
#include <eventstore/schema/type.hpp>

namespace eventstore {
inline namespace v1 {

/// Whether the field is a record whose fields stand among those of the enclosing record, in JSON and in columns.
[[nodiscard]] inline bool is_flattened(const Field& field) {
  return field.attributes.has(flattened) && field.type.kind == Kind::record;
}

}  // namespace v1
}  // namespace eventstore
