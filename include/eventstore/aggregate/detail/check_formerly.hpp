#pragma once
// Checks while compiling that every old struct of a category leads to events of today.
#include <algorithm>
#include <array>
#include <eventstore/aggregate/detail/check_names.hpp>
#include <eventstore/aggregate/formerly.hpp>
#include <eventstore/schema/detail/describe_text.hpp>
#include <eventstore/schema/detail/readable.hpp>
#include <string_view>

namespace eventstore {
inline namespace v1 {
namespace detail {

// Of several problems the largest is reported.
enum class FormerlyProblem : std::uint8_t { none, leads_nowhere, no_upcaster, circle };

template <class A, class T, class... Path> constexpr FormerlyProblem trace();

template <class A, class T, class... Path> struct Trace {
  static constexpr FormerlyProblem found = trace<A, T, Path...>();
};
template <class A, class... T, class... Path> struct Trace<A, Upcast<T...>, Path...> {
  static constexpr FormerlyProblem found = std::max({FormerlyProblem::none, trace<A, T, Path...>()...});
};

template <class A, class T, class... Path> constexpr FormerlyProblem trace() {
  using Host = host_of<A, T>;
  if constexpr (A::events::template contains<T>)
    return FormerlyProblem::none;
  else if constexpr ((std::is_same_v<T, Path> || ...))
    return FormerlyProblem::circle;
  else if constexpr (std::is_void_v<Host>)
    return FormerlyProblem::leads_nowhere;
  else if constexpr (!Upcasts<Host, T>)
    return FormerlyProblem::no_upcaster;
  else
    return Trace<A, std::remove_cvref_t<decltype(Host::upcast(std::declval<const T&>()))>, T, Path...>::found;
}

template <class A, class Old> constexpr bool check_old() {
  static_assert(DescribedEvent<Old>,
                "an old event is a struct with EVENTSTORE_EVENT(Type, \"StoredName\", (type, field)...) in it, as it "
                "was when events were written by it");
  if constexpr (DescribedEvent<Old>) {
    static_assert(trace<A, Old>() != FormerlyProblem::no_upcaster,
                  "an old struct without an upcaster: write `static Event upcast(const Old&)` next to the `using "
                  "formerly` that lists it");
    static_assert(trace<A, Old>() != FormerlyProblem::leads_nowhere,
                  "an upcaster that leads nowhere: it must give an event of the aggregate, or an old struct that a "
                  "`using formerly` of the aggregate or of one of its events lists");
    static_assert(trace<A, Old>() != FormerlyProblem::circle,
                  "upcasters that lead in a circle: let each give a newer struct, and the last an event of the "
                  "aggregate");
  }
  return true;
}

// Whether no two structs read the same stored schema.
template <class... E, class... Old> constexpr bool distinct_schemas(const Events<E...>*, const TypeList<Old...>*) {
  constexpr std::array<ReadableText, sizeof...(E) + sizeof...(Old)> texts{
      ReadableText{E::event_type, former_name<E>(), type_text<E>, {}, true}...,
      ReadableText{Old::event_type, {}, type_text<Old>, {}, false}...};
  for (std::size_t i = 0; i < texts.size(); ++i)
    for (std::size_t j = i + 1; j < texts.size(); ++j)
      if (texts[i].has_name(texts[j].name) && texts[i].record == texts[j].record) return false;
  return true;
}

template <class... E> constexpr void check_names(const Events<E...>*) { check_event_names<E...>(); }

template <class A, class... Old> constexpr bool check_formerly(const TypeList<Old...>* old) {
  constexpr const typename A::events* events = nullptr;
  check_names(events);
  if constexpr (sizeof...(Old) > 0 && (DescribedEvent<Old> && ...))
    static_assert(distinct_schemas(events, static_cast<const TypeList<Old...>*>(nullptr)),
                  "two ways to read the same schema: an old struct is listed twice, or equals another one or an event "
                  "of today field by field; keep one");
  (void)old;
  return (check_old<A, Old>() && ... && true);
}

// Whether the old structs of A can be followed at all; if not, check_formerly has given the reason.
template <class A, class... Old> constexpr bool formerly_is_sound(const TypeList<Old...>*) {
  return ((trace<A, Old>() == FormerlyProblem::none) && ... && true);
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
