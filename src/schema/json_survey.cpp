#include "json_survey.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "decimal.hpp"

namespace eventstore {
inline namespace v1 {

namespace dom = simdjson::dom;

namespace {

constexpr std::size_t name_bytes_shown = 64;
// So many names are compared one by one, which is faster than sorting them.
constexpr std::size_t few_names = 24;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool begins_number(char c) { return c == '-' || is_digit(c); }
constexpr bool is_of_number(char c) { return is_digit(c) || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E'; }

// Of names that are equal: their length and first bytes.
std::uint64_t mark_of(std::string_view name) {
  std::uint64_t mark = 0;
  std::memcpy(&mark, name.data(), std::min(name.size(), sizeof mark));
  return mark ^ (static_cast<std::uint64_t>(name.size()) << 56);
}

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

bool JsonSurvey::visit(const dom::element& element) {
  switch (element.type()) {
    case dom::element_type::OBJECT: return visit_members(element.get_object().value_unsafe());
    case dom::element_type::ARRAY: return visit_items(element.get_array().value_unsafe());
    case dom::element_type::INT64:
    case dom::element_type::UINT64:
    case dom::element_type::DOUBLE: visit_number(element); return true;
    default: return true;
  }
}

bool JsonSurvey::visit_members(const dom::object& object) {
  if (!has_unique_names(object)) return false;
  for (const auto member : object)
    if (!visit(member.value)) {
      prepend(std::string{member.key.substr(0, name_bytes_shown)});
      return false;
    }
  return true;
}

bool JsonSurvey::has_unique_names(const dom::object& object) {
  names_.clear();
  std::uint64_t marks[few_names];
  bool may_be_twice = false;
  for (const auto member : object) {
    const auto count = names_.size();
    names_.push_back(member.key);
    if (count >= few_names) continue;
    marks[count] = mark_of(names_.back());
    for (std::size_t i = 0; i < count; ++i) may_be_twice |= marks[i] == marks[count];
  }
  if (!may_be_twice && names_.size() <= few_names) return true;
  auto twice = names_.end();
  if (names_.size() > few_names) {
    std::sort(names_.begin(), names_.end());
    twice = std::adjacent_find(names_.begin(), names_.end());
  } else {
    twice = std::find_if(names_.begin(), names_.end(), [&](const std::string_view& name) {
      const std::string_view* const first = names_.data();
      return std::find(first, &name, name) != &name;
    });
  }
  if (twice != names_.end()) path_ = twice->substr(0, name_bytes_shown);
  return twice == names_.end();
}

bool JsonSurvey::visit_items(const dom::array& array) {
  std::size_t at = 0;
  for (const auto item : array) {
    if (!visit(item)) {
      prepend("[" + std::to_string(at) + "]");
      return false;
    }
    ++at;
  }
  return true;
}

void JsonSurvey::visit_number(const dom::element& element) {
  if (next_ < numbers_.size() && numbers_[next_].ordinal == ordinal_) numbers_[next_++].index = index_of(element);
  ++ordinal_;
}

void JsonSurvey::prepend(std::string step) { path_ = step + (path_.front() == '[' ? "" : ".") + path_; }

}  // namespace v1
}  // namespace eventstore
