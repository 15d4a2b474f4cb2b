#pragma once
// Private to the schema layer: MongoDB's extended JSON to plain JSON.
#include <eventstore/schema/json_document.hpp>
#include <string>

namespace eventstore {
inline namespace v1 {

/// Appends `node` to `out` with {"$date": …}, {"$oid": …} and {"$numberLong": …} replaced by the values they stand for.
void write_plain(JsonNode node, std::string& out);

}  // namespace v1
}  // namespace eventstore
