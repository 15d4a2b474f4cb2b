#include <eventstore/aggregate/unique.hpp>

#include <algorithm>

#include "composed_letters.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

// All of these letters, in both cases, have two bytes in UTF-8.
constexpr char32_t first_of_two_bytes = 0x80;
constexpr char32_t end_of_two_bytes = 0x800;

constexpr bool is_in(char32_t letter, char32_t first, char32_t last) { return first <= letter && letter <= last; }

// In these ranges every second letter is a capital, and its small letter follows.
constexpr bool is_capital_of_a_pair(char32_t letter) {
  const bool even = letter % 2 == 0;
  if (is_in(letter, 0x100, 0x12f) || is_in(letter, 0x132, 0x137) || is_in(letter, 0x14a, 0x177)) return even;
  return (is_in(letter, 0x139, 0x148) || is_in(letter, 0x179, 0x17e)) && !even;
}

constexpr char32_t small_letter(char32_t letter) {
  if (is_in(letter, 0xc0, 0xde)) return letter == 0xd7 ? letter : letter + 0x20;
  if (letter == 0x178) return 0xff;
  if (is_capital_of_a_pair(letter)) return letter + 1;
  if (letter == 0x386) return 0x3ac;
  if (is_in(letter, 0x388, 0x38a)) return letter + 0x25;
  if (letter == 0x38c) return 0x3cc;
  if (is_in(letter, 0x38e, 0x38f)) return letter + 0x3f;
  if (is_in(letter, 0x391, 0x3ab)) return letter == 0x3a2 ? letter : letter + 0x20;
  if (is_in(letter, 0x400, 0x40f)) return letter + 0x50;
  return is_in(letter, 0x410, 0x42f) ? letter + 0x20 : letter;
}

constexpr bool is_digit(char c) { return '0' <= c && c <= '9'; }

}  // namespace

namespace {

std::string small_letters(std::string text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ('A' <= text[i] && text[i] <= 'Z') {
      text[i] = static_cast<char>(text[i] - 'A' + 'a');
      continue;
    }
    if (i + 1 == text.size()) break;
    const auto lead = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(text[i + 1]);
    if ((lead & 0xe0U) != 0xc0U || (next & 0xc0U) != 0x80U) continue;
    const auto letter = small_letter((lead & 0x1fU) << 6U | (next & 0x3fU));
    static_assert(small_letter(first_of_two_bytes) >= first_of_two_bytes && small_letter(0x42f) < end_of_two_bytes);
    text[i] = static_cast<char>(0xc0U | letter >> 6U);
    text[++i] = static_cast<char>(0x80U | (letter & 0x3fU));
  }
  return text;
}

}  // namespace

// Twice: some small letters are one character with their mark, and their capitals are not.
std::string lower_case(std::string_view value) { return composed_letters(small_letters(composed_letters(value))); }

std::string e164(std::string_view value) {
  static constexpr std::string_view left_out = " -./()";
  static constexpr std::size_t digits_max = 15;
  std::string number;
  for (const char c : value) {
    if (left_out.find(c) != std::string_view::npos) continue;
    if (!is_digit(c) && !(c == '+' && number.empty())) return {};
    number += c;
  }
  const auto digits = static_cast<std::size_t>(std::ranges::count_if(number, is_digit));
  return digits == 0 || digits > digits_max ? std::string{} : number;
}

std::string as_it_is(std::string_view value) { return std::string{value}; }

}  // namespace v1
}  // namespace eventstore
