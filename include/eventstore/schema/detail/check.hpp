#pragma once
// Whether a value that domain code made can be stored and shown. JSON input gets the same checks as it is read.
#include <eventstore/core/result.hpp>
#include <eventstore/schema/type.hpp>

namespace eventstore {
inline namespace v1 {

/// Errors: invalid_argument (text that is not UTF-8, free data that is not JSON), too_large (free data over 64 KiB),
/// with the path to the field in Error::where; corrupt_record where `bytes` are not a value of `type` at all.
/// Cost: one pass over the bytes; free data is parsed.
Result<void> check_value(const Type& type, BytesView bytes);

}  // namespace v1
}  // namespace eventstore
