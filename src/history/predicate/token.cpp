#include "token.hpp"

#include <eventstore/core/detail/utf8.hpp>
#include <eventstore/schema/detail/duration.hpp>
#include <eventstore/schema/json_document.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "hints.hpp"
#include "read_scalar.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {
namespace {

constexpr std::array<std::string_view, 7> units{"ns", "us", "ms", "s", "min", "h", "d"};  // as unit_nanoseconds

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) : text_{text} {}

  Result<std::vector<Token>> all() {
    std::vector<Token> tokens;
    do {
      EVENTSTORE_TRY_ASSIGN(auto token, next());
      tokens.push_back(std::move(token));
    } while (tokens.back().kind != TokenKind::end);
    return tokens;
  }

 private:
  Result<Token> next() {
    while (at_ < text_.size() && std::string_view{" \t\r\n"}.find(text_[at_]) != std::string_view::npos) ++at_;
    if (at_ == text_.size()) return Token{TokenKind::end, at_};
    const char c = text_[at_];
    if (begins_name(c)) return name();
    if (is_digit(c)) return literal();
    if (c == '"' || c == '\'') return quoted(c);
    return symbol();
  }

  Token name() {
    const auto from = at_;
    while (at_ < text_.size() && is_in_name(text_[at_])) ++at_;
    return {TokenKind::name, from, std::string{text_.substr(from, at_ - from)}};
  }

  Result<Token> symbol() {
    for (const std::string_view two : {"==", "!=", "<=", ">="})
      if (text_.substr(at_, 2) == two) return take_symbol(2);
    const char c = text_[at_];
    if (std::string_view{"<>()[].,+-"}.find(c) != std::string_view::npos) return take_symbol(1);
    if (c == '=') return wrong_at(text_, at_, "two values are compared with ==");
    if (c == '!') return wrong_at(text_, at_, "write not, or != between two values");
    if (c == '&' || c == '|') return wrong_at(text_, at_, c == '&' ? "write and" : "write or");
    return wrong_at(text_, at_, "this character has no meaning outside of quotes");
  }
  Token take_symbol(std::size_t length) {
    at_ += length;
    return {TokenKind::symbol, at_ - length, std::string{text_.substr(at_ - length, length)}};
  }

  // Between " the escapes of JSON count; between ' all but that character stands for itself.
  Result<Token> quoted(char quote) {
    const auto from = at_++;
    while (at_ < text_.size() && text_[at_] != quote) at_ += quote == '"' && text_[at_] == '\\' ? 2 : 1;
    if (at_ >= text_.size()) return wrong_at(text_, from, "this text has no closing quote");
    ++at_;
    const auto whole = text_.substr(from, at_ - from);
    if (quote == '\'') return Token{TokenKind::text, from, std::string{whole.substr(1, whole.size() - 2)}};
    JsonDocument document;
    const auto parsed = document.parse(whole);
    if (!parsed)
      return wrong_at(text_, from,
                      "this text is no JSON string: its escapes are \\\" \\\\ \\n \\t \\u00e9 and the like");
    return Token{TokenKind::text, from, std::string{parsed->text()}};
  }

  void digits() {
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
  }
  [[nodiscard]] bool is_digit_at(std::size_t place) const { return place < text_.size() && is_digit(text_[place]); }

  Result<Token> literal() {
    const auto from = at_;
    if (from > 0 && text_[from - 1] == '.')
      if (auto hint = hint_of_key(text_, from); !hint.empty()) return wrong_at(text_, from, std::move(hint));
    if (begins_with_day(text_.substr(from)))
      return wrong_at(text_, from,
                      fmt::format("a time stands in quotes, \"{}\"", text_.substr(from, time_length(from))));
    digits();
    if (at_ < text_.size() && begins_name(text_[at_]) && !begins_exponent()) {
      at_ = from;
      return duration();
    }
    bool whole = true;
    if (at_ < text_.size() && text_[at_] == '.' && is_digit_at(at_ + 1)) {
      whole = false;
      ++at_;
      digits();
    }
    if (begins_exponent()) {
      whole = false;
      at_ += is_digit_at(at_ + 1) ? 1 : 2;
      digits();
    }
    if (at_ < text_.size() && is_in_name(text_[at_]))
      return wrong_at(text_, at_,
                      whole ? "a number ends here" : "a duration is made of whole numbers: 1h30min and not 1.5h");
    return number(from, whole);
  }
  // Of a time without quotes.
  [[nodiscard]] std::size_t time_length(std::size_t from) const {
    auto to = from;
    while (to < text_.size() &&
           (is_in_name(text_[to]) || std::string_view{"-:.+"}.find(text_[to]) != std::string_view::npos))
      ++to;
    return to - from;
  }
  [[nodiscard]] bool begins_exponent() const {
    if (at_ >= text_.size() || (text_[at_] != 'e' && text_[at_] != 'E')) return false;
    const bool signed_ = at_ + 1 < text_.size() && (text_[at_ + 1] == '+' || text_[at_ + 1] == '-');
    return is_digit_at(at_ + (signed_ ? 2 : 1));
  }

  Result<Token> number(std::size_t from, bool whole) {
    Token token{TokenKind::literal, from, std::string{text_.substr(from, at_ - from)}};
    if (whole) {
      const auto integer = read_integer(token.text);
      if (!integer) return wrong_at(text_, from, "a whole number has 38 digits at most");
      token.value = Scalar::of(*integer);
      return token;
    }
    double value = 0;
    const auto read = std::from_chars(token.text.data(), token.text.data() + token.text.size(), value);
    if (read.ec != std::errc{}) return wrong_at(text_, from, "this number is beyond those of 64 bits");
    token.value = Scalar::of(value);
    return token;
  }

  // One or more numbers with their units: 1d12h.
  Result<Token> duration() {
    const auto from = at_;
    Scalar total = Scalar::duration(0, 1);
    while (is_digit_at(at_)) {
      const auto begin = at_;
      digits();
      const auto count = read_integer(text_.substr(begin, at_ - begin));
      const auto unit_at = at_;
      while (at_ < text_.size() && begins_name(text_[at_])) ++at_;
      const auto unit = std::find(units.begin(), units.end(), text_.substr(unit_at, at_ - unit_at));
      if (auto hint = hint_of_key(text_, from); unit == units.end() && !hint.empty())
        return wrong_at(text_, from, std::move(hint));
      if (unit == units.end())
        return wrong_at(text_, unit_at, "a duration has one of the units ns us ms s min h d, as in 1h30min");
      const auto scale = detail::unit_nanoseconds[static_cast<std::size_t>(unit - units.begin())];
      total = sum(total, count ? Scalar::duration(*count, scale) : Scalar{}, false);
      if (total.form == Form::missing) return wrong_at(text_, from, "this duration is too long");
    }
    return Token{TokenKind::literal, from, std::string{text_.substr(from, at_ - from)}, total};
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::size_t next_character(std::string_view text, std::size_t at) {
  do ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80);
  return std::min(at, text.size());
}

}  // namespace

Result<std::vector<Token>> tokens_of(std::string_view predicate) {
  if (predicate.size() > predicate_bytes_max) return wrong_at({}, 0, "a predicate has 64 KiB at most");
  if (!is_utf8(predicate)) return wrong_at({}, 0, "a predicate is UTF-8 text");
  return Tokenizer{predicate}.all();
}

tl::unexpected<Error> wrong_at(std::string_view predicate, std::size_t offset, std::string what) {
  constexpr std::size_t shown = 30;
  constexpr std::size_t what_max = 400;  // names and texts of the predicate stand in it
  std::vector<std::size_t> begins;       // of the characters up to the offset
  for (std::size_t at = 0; at < std::min(offset, predicate.size()); at = next_character(predicate, at))
    begins.push_back(at);
  const auto from = begins.size() > shown ? begins[begins.size() - shown] : 0;
  auto to = std::min(offset, predicate.size());
  for (std::size_t i = 0; i < shown && to < predicate.size(); ++i) to = next_character(predicate, to);
  what = made_visible(what);
  if (what.size() > what_max) {
    std::size_t end = 0;
    while (next_character(what, end) < what_max) end = next_character(what, end);
    what.replace(end, std::string::npos, "…");
  }
  if (!predicate.empty())
    what +=
        fmt::format(" (at ^ in: {}{}^{}{})", from > 0 ? "…" : "", made_visible(predicate.substr(from, offset - from)),
                    made_visible(predicate.substr(offset, to - offset)), to < predicate.size() ? "…" : "");
  return failure(Errc::invalid_argument, fmt::format("predicate, column {}", begins.size() + 1), {}, std::move(what));
}

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
