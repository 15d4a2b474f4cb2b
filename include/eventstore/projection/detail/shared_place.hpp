#pragma once
// The version and the position in a category of which an upcaster may make several events of one.
#include <cstdint>
#include <eventstore/aggregate/detail/check_formerly.hpp>
#include <eventstore/core/ordinal.hpp>

namespace eventstore {
inline namespace v1 {
namespace detail {

template <class A, class T> struct Splits;

// Whether one stored event may become several events of A.
template <class A, class T> constexpr bool splits() {
  if constexpr (A::events::template contains<T> || std::is_void_v<host_of<A, T>>)
    return false;
  else
    return Splits<A, std::remove_cvref_t<decltype(host_of<A, T>::upcast(std::declval<const T&>()))>>::found;
}
template <class A, class T> struct Splits { static constexpr bool found = splits<A, T>(); };
template <class A, class... T> struct Splits<A, Upcast<T...>> { static constexpr bool found = sizeof...(T) > 0; };

template <class A, class... Old> constexpr bool splits_any(const TypeList<Old...>*) {
  return (splits<A, Old>() || ...);
}

template <class> inline constexpr bool is_a_key = false;

// Fails to compile where it is used.
template <class Place> struct SharedPlace {
  struct Value {
    operator std::uint64_t() const {  // NOLINT(google-explicit-constructor): the sentence comes first
      static_assert(is_a_key<Place>,
                    "the events of one upcast share version and position, so documents that are keyed by them would "
                    "replace one another: key them by change.event_key(), and for a column write "
                    "change.stored_version() or change.stored_position()");
      return 0;
    }
  };

  explicit constexpr SharedPlace(Place) {}
  Value value{};
  operator Place() const { return Place{value}; }  // NOLINT(google-explicit-constructor): as above
};

template <class A, class Place>
using PlaceIn = std::conditional_t<splits_any<A>(static_cast<const OldEvents<A>*>(nullptr)), SharedPlace<Place>, Place>;

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
