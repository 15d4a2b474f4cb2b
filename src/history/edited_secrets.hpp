#pragma once
// Private to history: secrets in the data of an edited event. Nobody may try guesses: how the states differ would tell
// whether one is right.
#include <eventstore/core/result.hpp>
#include <eventstore/schema/json_document.hpp>
#include <eventstore/schema/type.hpp>
#include <string>

namespace eventstore {
inline namespace v1 {

/// The JSON `given`, a value of `type`, with the secrets of `recorded` where it says "sealed"; null `recorded`: empty
/// text. Errors: invalid_argument, where a secret is anything else; Error::where is its path.
Result<std::string> with_recorded_secrets(const Type& type, JsonNode given, const JsonNode* recorded);

}  // namespace v1
}  // namespace eventstore
