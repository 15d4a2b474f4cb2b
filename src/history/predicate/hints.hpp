#pragma once
// Private to history: what was probably meant where a word of a predicate is none of the language.
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {
namespace predicate {

/// Where the word at `offset` of `text` is part of an entry's key without quotes, as in messages.019b77fa-11: what to
/// write. Empty otherwise.
[[nodiscard]] std::string hint_of_key(std::string_view text, std::size_t offset);

/// Whether `text` begins with a day, 2026-01-27.
[[nodiscard]] bool begins_with_day(std::string_view text);

/// Whether it is a word for a missing value in other languages.
[[nodiscard]] bool is_null_word(std::string_view word);

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
