#include "document.hpp"

#include <eventstore/collections/detail/text_search.hpp>

#include <algorithm>
#include <string_view>

namespace eventstore::engine::memory {
namespace {

using namespace std::literals;

// U+00C0 to U+00FF without case and accents; a character without such a letter stands for itself, and so does every
// other character.
constexpr auto latin_letters =
    "aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0\0"
    "aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0y"sv;
static_assert(latin_letters.size() == 64);

using Words = std::vector<std::string>;

Words words_of(std::string_view text) {
  Words words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x80) {
      if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
        word += static_cast<char>(c);
      else if (c >= 'A' && c <= 'Z')
        word += static_cast<char>(c - 'A' + 'a');
      else
        end_word();
      continue;
    }
    const std::size_t letter = c == 0xC3 && i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) - 0x80U : 64;
    if (letter < latin_letters.size() && latin_letters[letter] != '\0') {
      word += latin_letters[letter];
      ++i;
    } else {
      word += text[i];
    }
  }
  end_word();
  return words;
}

bool has_phrase(const Words& words, const Words& phrase) {
  return std::search(words.begin(), words.end(), phrase.begin(), phrase.end()) != words.end();
}

}  // namespace

bool has_words(std::string_view text, std::string_view searched) {
  const auto search = TextSearch::parse(searched);
  if (!search) return false;
  const auto words = words_of(text);
  return std::any_of(search->alternatives.begin(), search->alternatives.end(), [&](const auto& phrases) {
    return std::all_of(phrases.begin(), phrases.end(),
                       [&](const std::string& phrase) { return has_phrase(words, words_of(phrase)); });
  });
}

}  // namespace eventstore::engine::memory
