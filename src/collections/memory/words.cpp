#include "document.hpp"

#include "../words.hpp"

#include <algorithm>

namespace eventstore::engine::memory {
namespace {

using Words = std::vector<std::string>;

bool has_phrase(const Words& words, const SearchedPhrase& phrase) {
  const auto& sought = phrase.words;
  const auto is_sought = [&](const std::string& word, const std::string& wanted) {
    const bool is_last = &wanted == &sought.back();
    return is_last && phrase.is_open ? word.starts_with(wanted) : word == wanted;
  };
  return std::search(words.begin(), words.end(), sought.begin(), sought.end(), is_sought) != words.end();
}

}  // namespace

bool has_words(std::string_view text, std::string_view searched) {
  const auto search = TextSearch::parse(searched);
  const auto words = words_of(text);
  if (!search || !words) return false;
  return std::any_of(search->alternatives.begin(), search->alternatives.end(), [&](const auto& phrases) {
    return std::all_of(phrases.begin(), phrases.end(),
                       [&](const SearchedPhrase& phrase) { return has_phrase(*words, phrase); });
  });
}

}  // namespace eventstore::engine::memory
