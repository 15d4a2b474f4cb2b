#pragma once
// Copies the bytes of a text.
#include <cstddef>
#include <cstring>
#include <eventstore/core/bytes.hpp>
#include <type_traits>

namespace eventstore {
inline namespace v1 {
namespace detail {

// Texts are mostly names and ids: of their lengths two pieces that overlap cost less than a call of memcpy.
inline void copy_bytes(char* to, BytesView from) {
  const auto ends = [&]<std::size_t piece>(std::integral_constant<std::size_t, piece>) {
    char front[piece];
    char back[piece];
    std::memcpy(front, from.data(), piece);
    std::memcpy(back, from.data() + from.size() - piece, piece);
    std::memcpy(to, front, piece);
    std::memcpy(to + from.size() - piece, back, piece);
  };
  if (from.size() >= 16 && from.size() <= 32)
    ends(std::integral_constant<std::size_t, 16>{});
  else if (from.size() > 32 && from.size() <= 64)
    ends(std::integral_constant<std::size_t, 32>{});
  else if (!from.empty())
    std::memcpy(to, from.data(), from.size());
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
