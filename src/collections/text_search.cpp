#include <eventstore/collections/detail/text_search.hpp>

namespace eventstore {
inline namespace v1 {
namespace {

class SearchParser {
 public:
  TextSearch parse(std::string_view text) {
    for (const char each : text) {
      const char c = static_cast<unsigned char>(each) < ' ' ? ' ' : each;
      if (c == '"') {
        end_word();
        in_phrase_ = !in_phrase_;
      } else if (!in_phrase_ && c == ' ') {
        end_word();
      } else {
        word_ += c;
      }
    }
    end_word();
    if (!alternatives_.empty() && alternatives_.back().empty()) alternatives_.pop_back();
    return {std::move(alternatives_)};
  }

 private:
  void end_word() {
    if (word_ == "OR" && !in_phrase_) {
      if (!alternatives_.empty() && !alternatives_.back().empty()) alternatives_.emplace_back();
    } else if (word_.find_first_not_of(' ') != std::string::npos) {
      if (alternatives_.empty()) alternatives_.emplace_back();
      alternatives_.back().push_back(word_);
    }
    word_.clear();
  }

  std::vector<std::vector<std::string>> alternatives_;
  std::string word_;
  bool in_phrase_ = false;
};

}  // namespace

Result<TextSearch> TextSearch::parse(std::string_view text) {
  auto search = SearchParser{}.parse(text);
  if (search.alternatives.empty())
    return failure(Errc::invalid_argument, "search", std::string{text.substr(0, 64)},
                   "the query has no word to search for");
  return search;
}

}  // namespace v1
}  // namespace eventstore
