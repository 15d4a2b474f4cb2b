#pragma once
// A typed word, or a part of an address, as a value of a described type.
#include <eventstore/core/result.hpp>
#include <eventstore/schema/type.hpp>
#include <string>

namespace eventstore::app {

/// The type itself, or the type inside an optional.
const Type& without_optional(const Type& type);

/// The word as JSON of that type: text stands for itself, a day such as 2026-01-01 for its start in UTC where a time is
/// wanted, and everything else is JSON as it is typed.
std::string json_of_word(const Type& type, const std::string& word);

/// The type of one word of the field: for a list, that of its elements.
const Type& word_type(const Field& field);

/// "TIME", "sms|whatsapp": a word of the type, for help texts.
std::string shown_type(const Type& type);

/// The field's default where it says something: "", false, [] and null go without saying.
std::string shown_default(const Field& field);

/// The word, or the enumerator that it spells in other capitals.
std::string spelled(const Type& type, std::string word);

/// Errors: invalid_argument where the word is no value of the type, with the word in the message; `where` is the place
/// within it, for JSON.
Result<void> check_word(const Type& type, const std::string& word);

}  // namespace eventstore::app
