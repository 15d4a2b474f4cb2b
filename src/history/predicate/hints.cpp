#include "hints.hpp"

#include <fmt/format.h>

#include "token.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {
namespace {

bool is_in_key(char c) { return is_in_name(c) || c == '-' || c == ':' || c == '@'; }
bool is_in_path(char c) { return is_in_name(c) || c == '.' || c == '[' || c == ']'; }

}  // namespace

std::string hint_of_key(std::string_view text, std::size_t offset) {
  auto from = offset;
  while (from > 0 && is_in_key(text[from - 1])) --from;
  auto to = offset;
  while (to < text.size() && is_in_key(text[to])) ++to;
  const auto key = text.substr(from, to - from);
  if (from == 0 || text[from - 1] != '.' || key.empty()) return {};
  const bool is_name = begins_name(key.front()) && key.find_first_of("-:@") == std::string_view::npos;
  if (is_name) return {};
  auto begin = from - 1;
  while (begin > 0 && is_in_path(text[begin - 1])) --begin;
  const auto path = text.substr(begin, from - 1 - begin);
  if (path.empty() || !begins_name(path.front())) return {};
  return fmt::format("a key that is no name stands in quotes: write {}[\"{}\"]", path, key);
}

bool begins_with_day(std::string_view text) {
  constexpr std::string_view form = "dddd-dd-dd";
  if (text.size() < form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i)
    if (form[i] == 'd' ? !is_digit(text[i]) : text[i] != form[i]) return false;
  return text.size() == form.size() || !is_digit(text[form.size()]);
}

bool is_null_word(std::string_view word) {
  for (const std::string_view one : {"null", "NULL", "nil", "None", "undefined"})
    if (word == one) return true;
  return false;
}

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
