#include "token_reader.hpp"

#include <fmt/format.h>

namespace eventstore {
inline namespace v1 {
namespace predicate {

Result<void> TokenReader::expect(std::string_view symbol, std::string_view what) {
  if (take(TokenKind::symbol, symbol)) return {};
  return unexpected(what);
}

tl::unexpected<Error> TokenReader::unexpected(std::string_view wanted) const {
  return wrong(peek().offset, fmt::format("{} is expected here", wanted));
}

std::string_view TokenReader::spelled(std::size_t offset) const {
  const auto text = text_.substr(offset, peek().offset - offset);
  return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
}

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
