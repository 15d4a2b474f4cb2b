#pragma once
// Checks while compiling that a name of a command or an event belongs to one struct of the aggregate.
#include <array>
#include <concepts>
#include <cstddef>
#include <eventstore/schema/attributes.hpp>
#include <eventstore/schema/described.hpp>
#include <string_view>
#include <tuple>
#include <utility>

namespace eventstore {
inline namespace v1 {
namespace detail {

template <class T> constexpr std::string_view former_name() {
  if constexpr (requires {
                  { &T::was } -> std::convertible_to<const Attributes*>;
                })
    return T::was.was;
  else
    return {};
}

struct Named {
  std::string_view name;
  std::string_view former{};  // empty where there is none

  [[nodiscard]] constexpr bool shares_a_name_with(const Named& other) const {
    return name == other.name || name == other.former || former == other.name ||
           (!former.empty() && former == other.former);
  }
};

// The places of two that share a name; both past the end where there are none.
template <std::size_t count>
constexpr std::pair<std::size_t, std::size_t> find_shared_name(const std::array<Named, count>& names) {
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t j = i + 1; j < count; ++j)
      if (names[i].shares_a_name_with(names[j])) return {i, j};
  return {count, count};
}

// The two structs stand in the compiler's next lines.
template <class First, class Second> constexpr void two_commands_of_one_name() {
  static_assert(sizeof(First) + sizeof(Second) == 0,
                "two commands of the aggregate have one name, so the first would run in place of the second: rename "
                "one of them, or give it a name, EVENTSTORE_COMMAND(Type, \"name\", ...)");
}
template <class First, class Second> constexpr void two_events_of_one_name() {
  static_assert(sizeof(First) + sizeof(Second) == 0,
                "two events of the aggregate are stored under one name: nobody could tell them apart; the earlier "
                "names of es::was count too");
}

template <class... C> constexpr void check_command_names() {
  constexpr auto shared = find_shared_name(std::array<Named, sizeof...(C)>{Named{C::command_name}...});
  if constexpr (shared.first < sizeof...(C))
    two_commands_of_one_name<std::tuple_element_t<shared.first, std::tuple<C...>>,
                             std::tuple_element_t<shared.second, std::tuple<C...>>>();
}
template <class... E> constexpr void check_event_names() {
  constexpr auto shared = find_shared_name(std::array<Named, sizeof...(E)>{Named{E::event_type, former_name<E>()}...});
  if constexpr (shared.first < sizeof...(E))
    two_events_of_one_name<std::tuple_element_t<shared.first, std::tuple<E...>>,
                           std::tuple_element_t<shared.second, std::tuple<E...>>>();
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
