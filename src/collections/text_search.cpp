#include <eventstore/collections/detail/text_search.hpp>
#include "words.hpp"

#include <fmt/format.h>

namespace eventstore {
inline namespace v1 {
namespace {

class SearchParser {
 public:
  Result<TextSearch> parse(std::string_view text) {
    for (const char each : text) {
      const char c = static_cast<unsigned char>(each) < ' ' ? ' ' : each;
      if (c == '"') {
        EVENTSTORE_TRY(end_phrase());
        in_quotes_ = !in_quotes_;
      } else if (!in_quotes_ && c == ' ') {
        EVENTSTORE_TRY(end_phrase());
      } else {
        phrase_ += c;
      }
    }
    EVENTSTORE_TRY(end_phrase());
    if (!alternatives_.empty() && alternatives_.back().empty()) alternatives_.pop_back();
    return TextSearch{std::move(alternatives_)};
  }

  [[nodiscard]] std::size_t words() const { return words_; }

 private:
  Result<void> end_phrase() {
    if (phrase_ == "OR" && !in_quotes_) {
      if (!alternatives_.empty() && !alternatives_.back().empty()) alternatives_.emplace_back();
    } else if (!phrase_.empty()) {
      EVENTSTORE_TRY_ASSIGN(auto phrase, searched_phrase(phrase_));
      words_ += phrase.words.size();
      if (alternatives_.empty()) alternatives_.emplace_back();
      if (!phrase.words.empty()) alternatives_.back().push_back(std::move(phrase));
    }
    phrase_.clear();
    return {};
  }

  std::vector<std::vector<SearchedPhrase>> alternatives_;
  std::size_t words_ = 0;
  std::string phrase_;
  bool in_quotes_ = false;
};

tl::unexpected<Error> refused(std::string_view text, std::string why) {
  return failure(Errc::invalid_argument, "search", std::string{text.substr(0, 64)}, std::move(why));
}

}  // namespace

Result<TextSearch> TextSearch::parse(std::string_view text) {
  SearchParser parser;
  EVENTSTORE_TRY_ASSIGN(auto search, parser.parse(text));
  if (search.alternatives.empty())
    return refused(text, "the query has no word to search for: write a letter or a digit, in any script");
  if (parser.words() > words_max)
    return refused(text, fmt::format("the query has {} words, and {} is the most: search for fewer words, or for less "
                                     "text at once",
                                     parser.words(), words_max));
  return search;
}

}  // namespace v1
}  // namespace eventstore
