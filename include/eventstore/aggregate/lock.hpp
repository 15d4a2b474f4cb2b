#pragma once
// Compares every schema of a schemas.lock with the structs of today, while the tests are compiled:
//
//   constexpr eventstore::LockedSchema locked[] = {
//   #include <aggregates/delivery/schemas.lock>
//   };
//   static_assert(eventstore::check_lock<Delivery, locked>());
//
// The event and the field of a schema that cannot be read stand in the compiler's "required from" or "in instantiation
// of" line.
#include <eventstore/aggregate/concepts.hpp>
#include <eventstore/schema/lock_file.hpp>
#include <utility>

namespace eventstore {
inline namespace v1 {
namespace detail {

// A name as a template argument, for the compiler to show.
struct Shown {
  char text[64]{};
  constexpr explicit Shown(std::string_view name) {
    for (std::size_t i = 0; i < name.size() && i + 1 < sizeof text; ++i) text[i] = name[i];
  }
};

template <class List, class Old> struct Texts;
template <class... E, class... Old> struct Texts<Events<E...>, TypeList<Old...>> {
  static constexpr std::array<ReadableText, sizeof...(E) + sizeof...(Old)> all{
      ReadableText{E::event_type, former_name<E>(), type_text<E>, annotated_type_text<E>, true}...,
      ReadableText{Old::event_type, {}, type_text<Old>, annotated_type_text<Old>, false}...};
};

template <class A, Shown event, Shown field, Verdict::Way way, SchemaChange change> constexpr bool check_locked() {
  static_assert(way != Verdict::Way::unknown,
                "a locked event has no struct any more: put it back among the events; or, if it was renamed, write "
                "`static constexpr auto was = es::was(\"OldName\");` in the event; or keep its old struct, list it in "
                "`using formerly = es::Formerly<Old>` of the aggregate, and write an upcaster to the events that take "
                "its place, or to no event");
  static_assert(way != Verdict::Way::ambiguous,
                "a locked schema could be read as more than one struct: keep a struct of just its fields, list it in "
                "`using formerly = es::Formerly<Old>`, and write `static Event upcast(const Old&)`");
  static_assert(change != SchemaChange::field_required,
                "a field was added that locked events have not: give it a default or make it optional; or keep the old "
                "struct, list it in `using formerly = es::Formerly<Old>`, and write `static Event upcast(const Old&)`");
  static_assert(
      change != SchemaChange::type_changed,
      "a field has another type than in locked events, and not a wider one: give it its type back; or keep the "
      "old struct, list it in `using formerly = es::Formerly<Old>`, and write `static Event upcast(const Old&)`");
  static_assert(
      change != SchemaChange::made_required,
      "a field is required that was optional in locked events: make it optional again; or keep the old struct, "
      "list it in `using formerly = es::Formerly<Old>`, and write `static Event upcast(const Old&)`");
  static_assert(change != SchemaChange::enumerator_removed,
                "an enumerator is gone that locked events may have: put it back; or keep the old enum and struct, list "
                "the struct in `using formerly = es::Formerly<Old>`, and write `static Event upcast(const Old&)`");
  static_assert(change != SchemaChange::alternative_removed,
                "an alternative is gone that locked events may hold: put it back into the variant; or keep the old "
                "struct, list it in `using formerly = es::Formerly<Old>`, and write `static Event upcast(const Old&)`");
  static_assert(change != SchemaChange::field_claimed_twice,
                "two fields would be read from one of a locked event: take one es::was away; or keep the old struct, "
                "list it in `using formerly = es::Formerly<Old>`, and write `static Event upcast(const Old&)`");
  return way <= Verdict::Way::upcast;
}

template <class A, const auto& locked, std::size_t... At> constexpr bool check_lock(std::index_sequence<At...>) {
  using Known = Texts<typename A::events, OldEvents<A>>;
  constexpr std::array<Verdict, sizeof...(At)> verdicts{judge(locked[At].name, locked[At].record, Known::all)...};
  return (check_locked<A, Shown{locked[At].name}, Shown{verdicts[At].difference.name}, verdicts[At].way,
                       verdicts[At].difference.change>() &&
          ...);
}

}  // namespace detail

/// Fails to compile with advice where an event of the category `A`, stored under one of the schemas `locked`, could not
/// be read; true otherwise.
template <class A, const auto& locked> constexpr bool check_lock() {
  static_assert(check_category<A>());
  return detail::check_lock<A, locked>(std::make_index_sequence<std::size(locked)>{});
}

}  // namespace v1
}  // namespace eventstore
