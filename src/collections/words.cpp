#include "words.hpp"

#include "folding.hpp"

#include <boost/locale/utf.hpp>

#include <iterator>
#include <utility>

namespace eventstore {
inline namespace v1 {
namespace {

void append_letter(char32_t letter, std::string& word) {
  boost::locale::utf::utf_traits<char>::encode(letter, std::back_inserter(word));
}

enum class Cut {
  whole,  ///< a word between spaces
  pair,   ///< two letters of a run without spaces
  last,   ///< the last letter of such a run
};

enum class Spacing { space, spaced, unspaced };

Spacing kind_of(char32_t letter) {
  if (letter == U' ') return Spacing::space;
  return is_unspaced(letter) ? Spacing::unspaced : Spacing::spaced;
}

// Calls `visit(word, cut)` for each word.
template <class Visit> void each_word(std::u32string_view letters, Visit visit) {
  std::string word;
  Spacing kind = letters.empty() ? Spacing::space : kind_of(letters.front());
  for (std::size_t at = 0; at < letters.size(); ++at) {
    const Spacing next = at + 1 < letters.size() ? kind_of(letters[at + 1]) : Spacing::space;
    if (kind != Spacing::space) append_letter(letters[at], word);
    if (kind == Spacing::unspaced) {
      if (next == Spacing::unspaced) append_letter(letters[at + 1], word);
      visit(word, next == Spacing::unspaced ? Cut::pair : Cut::last);
      word.clear();
    } else if (kind == Spacing::spaced && next != Spacing::spaced) {
      visit(word, Cut::whole);
      word.clear();
    }
    kind = next;
  }
}

}  // namespace

Result<std::vector<std::string>> words_of(std::string_view text) {
  EVENTSTORE_TRY_ASSIGN(const auto letters, folded(text));
  std::vector<std::string> words;
  each_word(letters, [&](const std::string& word, Cut) { words.push_back(word); });
  return words;
}

Result<std::string> indexed_text(std::string_view text) {
  EVENTSTORE_TRY_ASSIGN(const auto letters, folded(text));
  std::string words;
  words.reserve(text.size());
  each_word(letters, [&](const std::string& word, Cut) {
    if (!words.empty()) words += ' ';
    words += word;
  });
  return words;
}

Result<SearchedPhrase> searched_phrase(std::string_view text) {
  EVENTSTORE_TRY_ASSIGN(const auto letters, folded(text));
  SearchedPhrase phrase;
  Cut before = Cut::whole;
  Cut now = Cut::whole;
  each_word(letters, [&](const std::string& word, Cut cut) {
    before = std::exchange(now, cut);
    phrase.words.push_back(word);
  });
  // More letters may follow in the texts: the pairs say all of a longer run, and one letter is the beginning of a pair.
  if (now != Cut::last) return phrase;
  if (before == Cut::pair)
    phrase.words.pop_back();
  else
    phrase.is_open = true;
  return phrase;
}

std::string words_form() { return "words 1 " + folding_version(); }

}  // namespace v1
}  // namespace eventstore
