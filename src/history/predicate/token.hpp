#pragma once
// Private to history: the words of a predicate.
#include <eventstore/core/result.hpp>
#include <string>
#include <vector>
#include "scalar.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {

enum class TokenKind : std::uint8_t { end, name, text, literal, symbol };

struct Token {
  TokenKind kind = TokenKind::end;
  std::size_t offset = 0;  ///< of its first byte
  std::string text{};      ///< a name or a symbol as it is written; the content of a text
  Scalar value{};          ///< of a literal: a number or a duration

  [[nodiscard]] bool is(TokenKind its_kind, std::string_view spelled) const {
    return kind == its_kind && text == spelled;
  }
};

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool begins_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
[[nodiscard]] constexpr bool is_in_name(char c) { return begins_name(c) || is_digit(c); }

/// The longest predicate.
inline constexpr std::size_t predicate_bytes_max = std::size_t{64} * 1024;

/// An end stands behind the last. Errors: as wrong_at.
[[nodiscard]] Result<std::vector<Token>> tokens_of(std::string_view predicate);

/// The error invalid_argument that points at a byte of `predicate`: "predicate, column 12: …".
[[nodiscard]] tl::unexpected<Error> wrong_at(std::string_view predicate, std::size_t offset, std::string what);

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
