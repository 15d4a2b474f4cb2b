#pragma once
// The text of a search, parsed in the same way for every engine.
#include <eventstore/core/result.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// Words that stand together in the texts that are searched, folded and cut as the texts are.
struct SearchedPhrase {
  std::vector<std::string> words;
  bool is_open = false;  ///< the last one is the beginning of a word
};

/// A text is found when it has all phrases of one of the alternatives. Case, accents and the like make no difference:
/// docs/reference/collections.md.
struct TextSearch {
  std::vector<std::vector<SearchedPhrase>> alternatives;  ///< none is empty

  /// A text must have all words; with OR between two words one of them is enough; words in quotes are a phrase. No
  /// other character is an operator. Errors: invalid_argument if there is no word, or more than words_max;
  /// out_of_memory.
  static Result<TextSearch> parse(std::string_view text);
  static constexpr std::size_t words_max = 1000;
};

}  // namespace v1
}  // namespace eventstore
