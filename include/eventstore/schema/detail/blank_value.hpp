#pragma once
// What stands in a value's place where the value itself may not: it was encrypted, or erased.
#include <eventstore/schema/type.hpp>

namespace eventstore {
inline namespace v1 {

/// Appends the bytes of the value of `type` that says nothing: `default_value` where it is not null, else empty text,
/// no elements, no value, 0, the first enumerator or alternative.
void append_blank(const Type& type, const Bytes* default_value, Bytes& out);

/// Appends the bytes of a value of `type` that says something, so that a reader notices that there was one: a word, one
/// element, a value, 1 or 2, whichever is not the default.
void append_some(const Type& type, const Bytes* default_value, Bytes& out);

}  // namespace v1
}  // namespace eventstore
