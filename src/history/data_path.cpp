#include <eventstore/history/data_path.hpp>
#include <eventstore/schema/json_document.hpp>

#include <algorithm>
#include <charconv>

#include "excerpt.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::string_view never_in_a_name = ".[]\"=";

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_plain(char c) {
  return static_cast<unsigned char>(c) > ' ' && c != '\x7f' && never_in_a_name.find(c) == std::string_view::npos;
}

class PathParser {
 public:
  explicit PathParser(std::string_view text) : text_{text} {}

  Result<ParsedDataPath> parse() {
    EVENTSTORE_TRY(at('[') ? bracket() : name());
    while (at_ < text_.size() && text_[at_] != '=') {
      if (at('[')) {
        EVENTSTORE_TRY(bracket());
      } else if (at('.')) {
        ++at_;
        EVENTSTORE_TRY(name());
      } else {
        return wrong("expected '.', '[' or the end of the path");
      }
    }
    return ParsedDataPath{std::move(path_), at_};
  }

 private:
  [[nodiscard]] bool at(char c) const { return at_ < text_.size() && text_[at_] == c; }

  [[nodiscard]] tl::unexpected<Error> wrong(std::string_view what) const {
    const auto before = text_.substr(0, at_);
    const auto column = std::count_if(before.begin(), before.end(), [](char c) { return !continues(c); }) + 1;
    return failure(Errc::invalid_argument, "read a path", excerpt(text_),
                   "column " + std::to_string(column) + ": " + std::string{what});
  }

  Result<void> name() {
    const auto begin = at_;
    while (at_ < text_.size() && is_plain(text_[at_])) ++at_;
    if (at_ == begin) return wrong("expected a name; write any other one as [\"name\"]");
    path_.emplace_back(std::string{text_.substr(begin, at_ - begin)});
    return {};
  }

  Result<void> bracket() {
    ++at_;
    EVENTSTORE_TRY(at('"') ? quoted() : element());
    if (!at(']')) return wrong("expected ']'");
    ++at_;
    return {};
  }

  Result<void> element() {
    std::size_t place = 0;
    const auto* const begin = text_.data() + at_;
    const auto read = std::from_chars(begin, text_.data() + text_.size(), place);
    if (at_ == text_.size() || !is_digit(text_[at_]) || read.ec != std::errc{})
      return wrong("expected the place of an element, like [0], or a name in quotes, like [\"a.b\"]");
    at_ += static_cast<std::size_t>(read.ptr - begin);
    path_.emplace_back(place);
    return {};
  }

  Result<void> quoted() {
    auto end = at_ + 1;
    while (end < text_.size() && text_[end] != '"') end += text_[end] == '\\' ? 2U : 1U;
    if (end >= text_.size()) return wrong("the quote does not end");
    JsonDocument document;
    const auto text = document.parse(text_.substr(at_, end + 1 - at_));
    if (!text) return wrong("the name in quotes is no JSON text");
    path_.emplace_back(std::string{text->text()});
    at_ = end + 1;
    return {};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  DataPath path_;
};

}  // namespace

Result<ParsedDataPath> parse_data_path(std::string_view text) { return PathParser{text}.parse(); }

}  // namespace v1
}  // namespace eventstore
