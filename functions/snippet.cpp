#include <functions/snippet.hpp>

#include <eventstore/collections/detail/text_search.hpp>

#include <algorithm>
#include <set>
#include <vector>

namespace domain {

namespace es = eventstore;

namespace {

constexpr std::size_t around_bytes = 60;
constexpr std::string_view left_out = "…";

struct Part {
  std::size_t begin;
  std::size_t end;
};

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// The parts of the text between spaces.
std::vector<Part> parts_of(std::string_view text) {
  std::vector<Part> parts;
  for (std::size_t at = 0; at < text.size();) {
    if (is_space(text[at])) {
      ++at;
      continue;
    }
    const auto begin = at;
    while (at < text.size() && !is_space(text[at])) ++at;
    parts.push_back({begin, at});
  }
  return parts;
}

// The words, folded as the index has them. A part that is a word of the search's language is searched in quotes.
std::set<std::string> words_in(std::string_view text) {
  std::set<std::string> words;
  const auto search = es::TextSearch::parse(text);
  if (!search) return words;
  for (const auto& phrases : search->alternatives)
    for (const auto& phrase : phrases) words.insert(phrase.words.begin(), phrase.words.end());
  return words;
}

bool shares_word(const std::set<std::string>& wanted, std::string_view part) {
  const auto words = words_in('"' + std::string{part} + '"');
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return wanted.contains(word); });
}

// To the beginning of a word and, in a text without spaces, of a character.
std::size_t begin_near(std::string_view text, std::size_t at) {
  if (at == 0) return 0;
  const auto space = text.find_first_of(" \n\t\r", at);
  if (space != text.npos && space - at < around_bytes) return space + 1;
  while (at < text.size() && continues_character(text[at])) ++at;
  return at;
}

std::size_t end_near(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  const auto space = text.find_last_of(" \n\t\r", at);
  if (space != text.npos && at - space < around_bytes) return space;
  while (at > 0 && continues_character(text[at])) --at;
  return at;
}

}  // namespace

std::string snippet_of(std::string_view text, std::string_view query) {
  const auto wanted = words_in(query);
  Part found{0, 0};
  for (const auto& part : parts_of(text))
    if (shares_word(wanted, text.substr(part.begin, part.end - part.begin))) {
      // Of a script without spaces a part is as long as a text.
      const bool is_word = part.end - part.begin <= around_bytes;
      found = {part.begin, is_word ? part.end : part.begin};
      break;
    }
  const auto begin =
      found.begin > around_bytes ? std::min(begin_near(text, found.begin - around_bytes), found.begin) : 0;
  const auto end = std::max(end_near(text, std::max(found.end, found.begin) + around_bytes), found.end);
  std::string snippet{begin == 0 ? "" : left_out};
  snippet += text.substr(begin, end - begin);
  if (end < text.size()) snippet += left_out;
  return snippet;
}

}  // namespace domain
