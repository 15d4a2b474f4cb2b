#pragma once
// The lists of types that an aggregate declares.
#include <cstddef>
#include <type_traits>

namespace eventstore {
inline namespace v1 {

template <class... Types> struct TypeList {
  static constexpr std::size_t size = sizeof...(Types);
  template <class T> static constexpr bool contains = (std::is_same_v<T, Types> || ...);
};

/// The events of a category: `using events = es::Events<Opened, Deposited>;`
template <class... E> struct Events : TypeList<E...> {};

/// The commands of an aggregate.
template <class... C> struct Commands : TypeList<C...> {};

}  // namespace v1
}  // namespace eventstore
