#pragma once
// What somebody types into a search field, taken apart the same way for every engine.
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

  /// Words must all be there; OR between two words means either; words in quotes are a phrase. No other character is an
  /// operator. Errors: invalid_argument where there is no word.
  static Result<TextSearch> parse(std::string_view text);
};

}  // namespace v1
}  // namespace eventstore
