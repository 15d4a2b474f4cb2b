#pragma once
// Strong enums that know the names of their enumerators.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

namespace eventstore {
inline namespace v1 {
namespace detail {

// A trailing '_' keeps an enumerator apart from a keyword and is not part of its name.
constexpr std::string_view enumerator_name(std::string_view spelled) {
  while (spelled.ends_with(' ')) spelled.remove_suffix(1);
  return spelled.ends_with('_') ? spelled.substr(0, spelled.size() - 1) : spelled;
}

constexpr std::size_t count_enumerators(std::string_view list) {
  std::size_t count = 1;
  for (const char c : list) count += c == ',' ? 1 : 0;
  return count;
}

// The names in `list`, "sms, whatsapp, delete_". Lifetime: views into it.
template <std::size_t count> constexpr std::array<std::string_view, count> enumerator_names(std::string_view list) {
  std::array<std::string_view, count> names{};
  for (auto& name : names) {
    while (list.starts_with(' ')) list.remove_prefix(1);
    const auto length = std::min(list.find(','), list.size());
    name = enumerator_name(list.substr(0, length));
    list.remove_prefix(std::min(length + 1, list.size()));
  }
  return names;
}

}  // namespace detail

/// An enum declared by EVENTSTORE_ENUM: `to_string(value)` gives its enumerator's name, empty for a value that is none.
template <class E>
concept DescribedEnum = std::is_enum_v<E> && requires(E value) {
  eventstore_enumerators(value);
};

namespace detail {

template <DescribedEnum E> constexpr std::string_view enumerator_of(E value) {
  constexpr auto names = eventstore_enumerators(E{});
  const auto index = static_cast<std::size_t>(value);
  return index < names.size() ? names[index] : std::string_view{};
}

}  // namespace detail

/// The enumerator of that name.
template <DescribedEnum E> constexpr std::optional<E> enum_from(std::string_view name) {
  constexpr auto names = eventstore_enumerators(E{});
  for (std::size_t index = 0; index < names.size(); ++index)
    if (names[index] == name) return static_cast<E>(index);
  return std::nullopt;
}

}  // namespace v1
}  // namespace eventstore

// Declares `enum class TYPE` with these enumerators, stored and shown as text. At namespace scope; write `delete_`
// where the name is a C++ keyword.
#define EVENTSTORE_ENUM(TYPE, ...)                                                                         \
  enum class TYPE : std::uint8_t { __VA_ARGS__ };                                                          \
  [[maybe_unused]] constexpr auto eventstore_enumerators(TYPE) {                                           \
    return ::eventstore::detail::enumerator_names<::eventstore::detail::count_enumerators(#__VA_ARGS__)>(  \
        #__VA_ARGS__);                                                                                     \
  }                                                                                                        \
  [[maybe_unused]] constexpr std::string_view to_string(TYPE value) {                                      \
    return ::eventstore::detail::enumerator_of(value);                                                     \
  }                                                                                                        \
  static_assert(std::string_view{#__VA_ARGS__}.find('=') == std::string_view::npos,                        \
                #TYPE " has an enumerator with a number: write its name alone, because names are stored"); \
  static_assert(eventstore_enumerators(TYPE{}).size() <= 255, #TYPE " has more than 255 enumerators")
