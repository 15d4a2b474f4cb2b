#pragma once
// How the keys of a Map are compared, and what they are looked up by.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {
namespace detail {

template <class K> struct MapOrder {
  using Probe = const K&;
  static int of(const K& a, const K& b) {
    constexpr std::less<K> less;
    return less(a, b) ? -1 : less(b, a) ? 1 : 0;
  }
};

/// Text by its bytes, as std::string compares it.
template <> struct MapOrder<std::string> {
  using Probe = std::string_view;
  // Keys are mostly longer than a word and shorter than a line: ids. Their words are compared without a call.
  static int of(std::string_view a, std::string_view b) {
    const auto size = std::min(a.size(), b.size());
    if (size < word) return a.compare(b);
    for (std::size_t at = 0; at + word < size; at += word)
      if (const auto x = word_at(a, at), y = word_at(b, at); x != y) return x < y ? -1 : 1;
    const auto x = word_at(a, size - word);  // with some of the bytes before it again, which are equal
    const auto y = word_at(b, size - word);
    if (x != y) return x < y ? -1 : 1;
    return a.size() < b.size() ? -1 : a.size() > b.size() ? 1 : 0;
  }

 private:
  static constexpr std::size_t word = sizeof(std::uint64_t);
  static std::uint64_t word_at(std::string_view text, std::size_t at) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + at, word);
    return __builtin_bswap64(bytes);  // so that the first byte counts most: machines are little-endian (archive.hpp)
  }
};

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
