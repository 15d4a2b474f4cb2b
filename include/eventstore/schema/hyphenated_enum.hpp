#pragma once
// Enums whose names have hyphens, as some providers spell them.
#include <array>
#include <cstddef>
#include <eventstore/schema/enum.hpp>
#include <string_view>

namespace eventstore {
inline namespace v1 {
namespace detail {

// "queued, in_progress" with "in-progress" in it.
template <std::size_t size> constexpr std::array<char, size> hyphenated(const char (&list)[size]) {
  std::array<char, size> text{};
  for (std::size_t i = 0; i < size; ++i) text[i] = list[i] == '_' ? '-' : list[i];
  return text;
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore

// As EVENTSTORE_ENUM, with a hyphen in the name for each `_` of the enumerator: `in_progress` is stored and shown as
// "in-progress". No enumerator ends with `_`.
#define EVENTSTORE_ENUM_HYPHENATED(TYPE, ...)                                                             \
  enum class TYPE : std::uint8_t { __VA_ARGS__ };                                                         \
  inline constexpr auto eventstore_names_of_##TYPE = ::eventstore::detail::hyphenated(#__VA_ARGS__);      \
  [[maybe_unused]] constexpr auto eventstore_enumerators(TYPE) {                                          \
    return ::eventstore::detail::enumerator_names<::eventstore::detail::count_enumerators(#__VA_ARGS__)>( \
        std::string_view{eventstore_names_of_##TYPE.data(), eventstore_names_of_##TYPE.size() - 1});      \
  }                                                                                                       \
  [[maybe_unused]] constexpr std::string_view to_string(TYPE value) {                                     \
    return ::eventstore::detail::enumerator_of(value);                                                    \
  }                                                                                                       \
  static_assert(std::string_view{#__VA_ARGS__}.find('=') == std::string_view::npos,                       \
                #TYPE " has an enumerator with a number: write its name alone, because names are stored")
