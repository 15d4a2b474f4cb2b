#include "words_function.hpp"

#include "../words.hpp"
#include "connection.hpp"

#include <new>

namespace eventstore::engine::sqlite {
namespace {

// No exception may pass through SQLite.
void make_words(sqlite3_context* context, int, sqlite3_value** arguments) noexcept {
  try {
    if (sqlite3_value_type(arguments[0]) == SQLITE_NULL) return sqlite3_result_null(context);
    const auto* const text = reinterpret_cast<const char*>(sqlite3_value_text(arguments[0]));
    if (text == nullptr) return sqlite3_result_error_nomem(context);
    const auto words = indexed_text({text, static_cast<std::size_t>(sqlite3_value_bytes(arguments[0]))});
    if (words)
      sqlite3_result_text64(context, words->data(), words->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    else if (words.error().code == Errc::out_of_memory)
      sqlite3_result_error_nomem(context);
    else
      sqlite3_result_error(context, words.error().message().c_str(), -1);
  } catch (const std::bad_alloc&) {
    sqlite3_result_error_nomem(context);
  }
}

}  // namespace

Result<void> add_words_function(sqlite3* connection) {
  constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  if (sqlite3_create_function_v2(connection, words_function, 1, flags, nullptr, make_words, nullptr, nullptr,
                                 nullptr) != SQLITE_OK)
    return last_error(connection, "open collections");
  return {};
}

}  // namespace eventstore::engine::sqlite
