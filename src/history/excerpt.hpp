#pragma once
// Private to history: as much of a text as a message has room for.
#include <cstddef>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// The beginning of `text`, cut between two characters.
[[nodiscard]] inline std::string excerpt(std::string_view text) {
  constexpr std::size_t bytes_max = 100;
  if (text.size() <= bytes_max) return std::string{text};
  auto end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string{text.substr(0, end)} + "…";
}

}  // namespace v1
}  // namespace eventstore
