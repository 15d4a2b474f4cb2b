#pragma once
// The text of a search, parsed in the same way for every engine.
#include <eventstore/core/result.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// A text is found when it has all phrases of one of the alternatives. Case and accents make no difference; a phrase is
/// one or several words that stand together.
struct TextSearch {
  std::vector<std::vector<std::string>> alternatives;

  /// A text must have all words; with OR between two words one of them is enough; words in quotes are a phrase. No
  /// other character is an operator. Errors: invalid_argument if there is no word.
  static Result<TextSearch> parse(std::string_view text);
};

}  // namespace v1
}  // namespace eventstore
