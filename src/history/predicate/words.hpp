#pragma once
// Private to history: words to choose from, in messages.
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {
namespace predicate {

/// "a, b, c"; only the first of many.
[[nodiscard]] std::string joined(const std::vector<std::string_view>& words);

/// The word of `words` that is most like `word`; empty where none is like it.
[[nodiscard]] std::string_view nearest(std::string_view word, const std::vector<std::string_view>& words);

/// ": did you mean status?", or the words to choose from.
[[nodiscard]] std::string choice(std::string_view word, const std::vector<std::string_view>& words);

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
