#pragma once
// Walks the fields of a struct described by EVENTSTORE_FIELDS and its kin, by way of Boost.Hana's accessors.
#include <boost/hana/concept/struct.hpp>
#include <boost/hana/second.hpp>
#include <boost/hana/unpack.hpp>
#include <concepts>
#include <cstddef>
#include <eventstore/schema/fields.hpp>

namespace eventstore {
inline namespace v1 {

/// A struct with a description: a Hana Struct that also knows its defaults and attributes.
template <class T>
concept Described = boost::hana::Struct<T>::value && requires {
  T::eventstore_facts();
};

// The name is a static member: a field that happens to be called event_type makes no event.
template <class T>
concept DescribedEvent = Described<T> && requires {
  { &T::event_type } -> std::convertible_to<const std::string_view*>;
};

template <class T>
concept DescribedCommand = Described<T> && requires {
  { &T::command_name } -> std::convertible_to<const std::string_view*>;
};

/// Calls `visit(member, facts)` for each field of `object`, in the order of the description.
template <class Object, class Visit> constexpr void each_field(Object& object, Visit&& visit) {
  using T = std::remove_const_t<Object>;
  constexpr auto facts = T::eventstore_facts();
  boost::hana::unpack(boost::hana::accessors<T>(), [&](auto... accessor) {
    [[maybe_unused]] std::size_t index = 0;
    (visit(boost::hana::second(accessor)(object), facts[index++]), ...);
  });
}

/// Calls `visit(members...)` once with all fields of `object`.
template <class Object, class Visit> constexpr decltype(auto) with_fields(Object& object, Visit&& visit) {
  using T = std::remove_const_t<Object>;
  return boost::hana::unpack(boost::hana::accessors<T>(), [&](auto... accessor) -> decltype(auto) {
    return visit(boost::hana::second(accessor)(object)...);
  });
}

/// The place of the field that `Member` points to in its struct's description.
template <auto Member, class T> constexpr std::size_t field_index() {
  return boost::hana::unpack(boost::hana::accessors<T>(), [](auto... accessor) {
    std::size_t index = 0;
    std::size_t found = sizeof...(accessor);
    const auto look_at = [&](auto access) {
      if constexpr (std::is_same_v<std::remove_cv_t<decltype(access.pointer)>, std::remove_cv_t<decltype(Member)>>) {
        if (access.pointer == Member) found = index;
      }
      ++index;
    };
    (look_at(boost::hana::second(accessor)), ...);
    return found;
  });
}

}  // namespace v1
}  // namespace eventstore
