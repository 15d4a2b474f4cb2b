#pragma once
// Private to the SQLite engine: the SQL function that triggers call to make words of a text.
#include <sqlite3.h>
#include <eventstore/core/result.hpp>

namespace eventstore::engine::sqlite {

/// eventstore_words(text): the text's words, folded and cut (words.hpp), with spaces between them; NULL of NULL.
/// Only writing needs it: a program that reads the file does without it.
inline constexpr const char* words_function = "eventstore_words";

/// Makes the function known to `connection`.
Result<void> add_words_function(sqlite3* connection);

}  // namespace eventstore::engine::sqlite
