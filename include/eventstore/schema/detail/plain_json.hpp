#pragma once
// MongoDB's extended JSON to plain JSON.
#include <eventstore/schema/json_document.hpp>
#include <string>

namespace eventstore {
inline namespace v1 {

/// Appends `node` to `out`, with the values that stand for themselves in the place of {"$date": …}, {"$oid": …},
/// {"$uuid": …}, {"$binary": …} and {"$numberInt": …} and the like. A UUID's binary is the UUID, other binaries are
/// base64. An object that has other members too, or no value of that kind, stays as it is.
/// Errors: invalid_argument, a date outside the years 0001 to 9999: Error::where is its path.
Result<void> write_plain(JsonNode node, std::string& out);

}  // namespace v1
}  // namespace eventstore
