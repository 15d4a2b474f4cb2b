#include "tokens.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
// Bytes of UTF-8 count as letters.
bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
// Two of these side by side may be another token than the two apart.
bool is_operator(char c) { return std::string_view{"+-*/%^&|<>=!.:#"}.find(c) != std::string_view::npos; }

class Tokens {
 public:
  explicit Tokens(std::string_view source) : source_{source} {}

  std::string take() {
    while (at_ < source_.size()) {
      const char c = source_[at_];
      if (starts_with("\\\n") || starts_with("\\\r\n"))
        skip(starts_with("\\\n") ? 2 : 3);
      else if (is_space(c))
        take_space(c);
      else if (starts_with("//"))
        skip_line_comment();
      else if (starts_with("/*"))
        skip_block_comment();
      else
        take_token(c);
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool starts_with(std::string_view text) const { return source_.substr(at_).starts_with(text); }

  void skip(std::size_t bytes) {
    at_ += bytes;
    is_apart_ = true;
  }

  void take_space(char c) {
    if (c == '\n' && in_directive_) {
      out_ += '\n';
      in_directive_ = false;
    }
    if (c == '\n') is_line_start_ = true;
    skip(1);
  }

  void skip_line_comment() {
    while (at_ < source_.size() && source_[at_] != '\n') at_ += starts_with("\\\n") ? 2 : 1;
    is_apart_ = true;
  }

  void skip_block_comment() {
    const auto end = source_.find("*/", at_ + 2);
    at_ = end == std::string_view::npos ? source_.size() : end + 2;
    is_apart_ = true;
  }

  void take_token(char c) {
    if (is_line_start_ && c == '#') in_directive_ = true;
    is_line_start_ = false;
    if (is_word(c))
      take_word();
    else if (c == '"' || c == '\'')
      put(quoted_end(c));
    else
      put(at_ + 1);
  }

  // A name or a number; a literal's prefix goes with its literal.
  void take_word() {
    const bool is_number = is_digit(source_[at_]);
    auto end = at_ + 1;
    const auto goes_on = [&] {
      if (is_word(source_[end])) return true;
      return is_number && source_[end] == '\'' && end + 1 < source_.size() && is_word(source_[end + 1]);
    };
    while (end < source_.size() && goes_on()) ++end;
    const auto word = source_.substr(at_, end - at_);
    const bool is_raw = word == "R" || word == "LR" || word == "uR" || word == "UR" || word == "u8R";
    put(is_raw && end < source_.size() && source_[end] == '"' ? raw_end(end) : end);
  }

  [[nodiscard]] std::size_t quoted_end(char quote) const {
    auto end = at_ + 1;
    while (end < source_.size() && source_[end] != quote && source_[end] != '\n')
      end += source_[end] == '\\' && end + 1 < source_.size() ? 2 : 1;
    return end < source_.size() ? end + 1 : source_.size();
  }

  // Past R"mark( … )mark".
  [[nodiscard]] std::size_t raw_end(std::size_t quote) const {
    const auto open = source_.find('(', quote);
    if (open == std::string_view::npos) return source_.size();
    std::string close{')'};
    close += source_.substr(quote + 1, open - quote - 1);
    close += '"';
    const auto end = source_.find(close, open);
    return end == std::string_view::npos ? source_.size() : end + close.size();
  }

  void put(std::size_t end) {
    if (is_apart_ && !out_.empty()) {
      const char before = out_.back();
      const char next = source_[at_];
      const bool is_literal = next == '"' || next == '\'' || before == '"' || before == '\'';
      // Within a directive a space tells `#define f (x)` from `#define f(x)`.
      if (before != '\n' && (in_directive_ || is_literal || (is_word(before) && is_word(next)) ||
                             (is_operator(before) && is_operator(next))))
        out_ += ' ';
    }
    out_ += source_.substr(at_, end - at_);
    at_ = end;
    is_apart_ = false;
  }

  std::string_view source_;
  std::string out_;
  std::size_t at_ = 0;
  bool is_apart_ = false;      // white space or a comment stood before the next token
  bool is_line_start_ = true;  // nothing but white space so far on this line
  bool in_directive_ = false;
};

}  // namespace

std::string tokens_of(std::string_view source) { return Tokens{source}.take(); }

}  // namespace v1
}  // namespace eventstore
