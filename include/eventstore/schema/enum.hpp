#pragma once
// Strong enums that know the names of their enumerators.
#include <array>
#include <boost/preprocessor/seq/enum.hpp>
#include <boost/preprocessor/seq/transform.hpp>
#include <boost/preprocessor/stringize.hpp>
#include <boost/preprocessor/variadic/to_seq.hpp>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

namespace eventstore {
inline namespace v1 {
namespace detail {

// A trailing '_' keeps an enumerator apart from a keyword and is not part of its name.
constexpr std::string_view enumerator_name(std::string_view spelled) {
  return spelled.ends_with('_') ? spelled.substr(0, spelled.size() - 1) : spelled;
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

#define EVENTSTORE_ENUMERATOR_NAME_(r, data, enumerator) \
  ::eventstore::detail::enumerator_name(BOOST_PP_STRINGIZE(enumerator))

// Declares `enum class TYPE` with these enumerators, stored and shown as text. At namespace scope; write `delete_`
// where the name is a C++ keyword.
#define EVENTSTORE_ENUM(TYPE, ...)                                                                       \
  enum class TYPE : std::uint8_t { __VA_ARGS__ };                                                        \
  [[maybe_unused]] constexpr auto eventstore_enumerators(TYPE) {                                         \
    return std::array{BOOST_PP_SEQ_ENUM(                                                                 \
        BOOST_PP_SEQ_TRANSFORM(EVENTSTORE_ENUMERATOR_NAME_, ~, BOOST_PP_VARIADIC_TO_SEQ(__VA_ARGS__)))}; \
  }                                                                                                      \
  [[maybe_unused]] constexpr std::string_view to_string(TYPE value) {                                    \
    return ::eventstore::detail::enumerator_of(value);                                                   \
  }                                                                                                      \
  static_assert(eventstore_enumerators(TYPE{}).size() <= 255, "an enum has at most 255 enumerators")
