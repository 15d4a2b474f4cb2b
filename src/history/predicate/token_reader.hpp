#pragma once
// Private to history: a place in the words of a predicate.
#include <utility>
#include "token.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {

class TokenReader {
 public:
  /// `text` outlives the reader, and `tokens` are its own.
  TokenReader(std::string_view text, std::vector<Token> tokens) : text_{text}, tokens_{std::move(tokens)} {}

  [[nodiscard]] const Token& peek() const { return tokens_[at_]; }
  /// The one behind peek(), which is not the end.
  [[nodiscard]] const Token& second() const { return tokens_[at_ + 1]; }
  /// Takes peek(), which is not the end.
  const Token& next() { return tokens_[at_++]; }
  bool take(TokenKind kind, std::string_view spelled) {
    if (!peek().is(kind, spelled)) return false;
    ++at_;
    return true;
  }
  /// Errors: as unexpected.
  Result<void> expect(std::string_view symbol, std::string_view what);

  /// The error that `wanted` does not stand here.
  [[nodiscard]] tl::unexpected<Error> unexpected(std::string_view wanted) const;
  [[nodiscard]] tl::unexpected<Error> wrong(std::size_t offset, std::string what) const {
    return wrong_at(text_, offset, std::move(what));
  }
  [[nodiscard]] std::string_view text() const { return text_; }
  /// The text from `offset` to the last token that was taken.
  [[nodiscard]] std::string_view spelled(std::size_t offset) const;

 private:
  std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
