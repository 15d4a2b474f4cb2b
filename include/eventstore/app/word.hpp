#pragma once
// A typed word, or a part of an address, as a value of a described type.
#include <eventstore/core/result.hpp>
#include <eventstore/schema/type.hpp>
#include <string>

namespace eventstore::app {

/// The type itself, or the type inside an optional.
const Type& without_optional(const Type& type);

/// The word as JSON of that type: text stands for itself, everything else is JSON as it is typed.
std::string json_of_word(const Type& type, const std::string& word);

/// Errors: invalid_argument where the word is no value of the type; `where` is the place within it, for JSON.
Result<void> check_word(const Type& type, const std::string& word);

}  // namespace eventstore::app
