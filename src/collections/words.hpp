#pragma once
// For engines: how a text is cut into words, for an index and for a search. The words are alike in every engine.
//
// A run of letters that stand without spaces (你好吗) is cut into a word for each letter, of this letter and the next
// one: 你好, 好吗, 吗. So two letters and more are found wherever they stand, as a phrase of such words (你好 好吗);
// one letter is found as the beginning of a word.
#include <eventstore/collections/detail/text_search.hpp>
#include <eventstore/core/result.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// The folded words of a text in their order. Errors: as folded().
Result<std::vector<std::string>> words_of(std::string_view text);

/// The same, with a space between two words. A word has none of the characters that part words for FTS5.
Result<std::string> indexed_text(std::string_view text);

/// The words of a phrase that is searched; without any if there is none in it. Errors: as folded().
Result<SearchedPhrase> searched_phrase(std::string_view text);

/// A text that differs if words are made in another way. An index of other words has to be made again.
std::string words_form();

}  // namespace v1
}  // namespace eventstore
