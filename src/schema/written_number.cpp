#include "written_number.hpp"

#include <bit>

#include "decimal.hpp"

namespace eventstore {
inline namespace v1 {

namespace dom = simdjson::dom;

namespace {

constexpr bool is_decimal_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool begins_number(char c) { return c == '-' || is_decimal_digit(c); }
constexpr bool is_of_number(char c) {
  return is_decimal_digit(c) || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
}

class NodeFinder {
 public:
  explicit NodeFinder(std::vector<WrittenNumber>& numbers) : numbers_{numbers} {}

  void visit(const dom::element& element) {
    if (element.is_object()) {
      const dom::object object = element.get_object().value_unsafe();
      for (const auto member : object) visit(member.value);
    } else if (element.is_array()) {
      const dom::array array = element.get_array().value_unsafe();
      for (const auto item : array) visit(item);
    } else if (element.is_number()) {
      if (next_ < numbers_.size() && numbers_[next_].ordinal == ordinal_) numbers_[next_++].index = index_of(element);
      ++ordinal_;
    }
  }

 private:
  std::vector<WrittenNumber>& numbers_;
  std::size_t next_ = 0;     // in numbers_
  std::size_t ordinal_ = 0;  // of the next number of the text
};

}  // namespace

std::vector<WrittenNumber> numbers_as_written(const dom::parser& parser, std::string_view text) {
  std::vector<WrittenNumber> found;
  const auto& tokens = *parser.implementation;
  std::size_t ordinal = 0;
  for (std::uint32_t i = 0; i < tokens.n_structural_indexes; ++i) {
    const std::size_t offset = tokens.structural_indexes[i];
    if (offset >= text.size() || !begins_number(text[offset])) continue;
    auto end = offset + 1;
    while (end < text.size() && is_of_number(text[end])) ++end;
    if (!is_plain_number(text.substr(offset, end - offset))) found.push_back({ordinal, offset, end - offset});
    ++ordinal;
  }
  return found;
}

// An element is a document and an index into it.
std::size_t index_of(const dom::element& element) {
  struct Words {
    const void* document;
    std::size_t index;
  };
  return std::bit_cast<Words>(element).index;
}

void find_nodes(const dom::element& root, std::vector<WrittenNumber>& numbers) {
  if (!numbers.empty()) NodeFinder{numbers}.visit(root);
}

}  // namespace v1
}  // namespace eventstore
