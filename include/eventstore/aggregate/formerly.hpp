#pragma once
// Old events and the way from them to those of today.
//
//   struct OpenedV1 { EVENTSTORE_EVENT(OpenedV1, "AccountOpened", (string, owner), (double, limit)); };
//   struct Opened {
//     EVENTSTORE_EVENT(Opened, "AccountOpened", (string, owner), (int64_t, limit_cents));
//     using formerly = es::Formerly<OpenedV1>;
//     static Opened upcast(const OpenedV1& old) { return {old.owner, std::llround(old.limit * 100)}; }
//   };
//
// An upcaster gives an event of the aggregate, another old struct that is listed, or an es::Upcast of several or none.
// It stands next to the `using formerly` that lists its old struct: in an event or, if the event itself is gone, in the
// aggregate. It is pure, as evolve is, and never fails.
#include <eventstore/aggregate/lists.hpp>
#include <eventstore/schema/described.hpp>
#include <variant>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// Old structs: `using formerly = es::Formerly<OpenedV1, OpenedV2>;`
template <class... Old> struct Formerly : TypeList<Old...> {};
/// The earlier name, for one release.
template <class... Old> using History = Formerly<Old...>;

/// The result of an upcaster that does not give exactly one event: `return {Departed{…}, Arrived{…}};` or `return {};`.
/// An Upcast<> always gives none.
template <class... T> class Upcast {
 public:
  Upcast() = default;
  template <class... Made>
  requires(sizeof...(Made) > 0 && (TypeList<T...>::template contains<Made> && ...))
      Upcast(const Made&... made) {  // NOLINT(google-explicit-constructor): an upcast is what it gives
    (add(made), ...);
  }

  template <class Made> void add(Made made) { made_.push_back(std::move(made)); }
  /// Calls `visit(event)` for each, in order.
  template <class Visit> void each(Visit&& visit) const {
    for (const auto& one : made_) std::visit(visit, one);
  }

 private:
  std::vector<std::variant<T...>> made_;
};
template <> class Upcast<> {
 public:
  template <class Visit> void each(Visit&&) const {}
};

namespace detail {

template <class Host> struct FormerlyOf { using type = Formerly<>; };
template <class Host>
requires requires { typename Host::formerly; }
struct FormerlyOf<Host> {
  using type = typename Host::formerly;
};
// `history` is the earlier name of `formerly`, for one release.
template <class Host>
requires(
    requires { typename Host::history; } && !requires { typename Host::formerly; }) struct FormerlyOf<Host> {
  using type = typename Host::history;
};

template <class... Lists> struct Joined { using type = TypeList<>; };
template <template <class...> class List, class... T> struct Joined<List<T...>> { using type = TypeList<T...>; };
template <template <class...> class First, template <class...> class Second, class... T, class... U, class... Rest>
struct Joined<First<T...>, Second<U...>, Rest...> : Joined<TypeList<T..., U...>, Rest...> {};

// All old structs of the category A, and the structs that may list one: its events, and A itself.
template <class A, class List> struct Hosts;
template <class A, class... E> struct Hosts<A, Events<E...>> {
  using type = TypeList<E..., A>;
  using old = typename Joined<typename FormerlyOf<E>::type..., typename FormerlyOf<A>::type>::type;
};
template <class A> using OldEvents = typename Hosts<A, typename A::events>::old;

template <class Old, class List> struct HostOf { using type = void; };
template <class Old, class First, class... Rest> struct HostOf<Old, TypeList<First, Rest...>> {
  using type = typename std::conditional_t<FormerlyOf<First>::type::template contains<Old>, std::type_identity<First>,
                                           HostOf<Old, TypeList<Rest...>>>::type;
};
template <class A, class Old> using host_of = typename HostOf<Old, typename Hosts<A, typename A::events>::type>::type;

template <class Host, class Old>
concept Upcasts = requires(const Old& old) {
  Host::upcast(old);
};

// Follows the upcasters from `old`, step by step: calls `deliver(event)` with each event of A that it becomes.
template <class A, class T, class Deliver> void follow(const T& event, Deliver& deliver) {
  if constexpr (A::events::template contains<T>) {
    deliver(event);
  } else {
    const auto next = host_of<A, T>::upcast(event);
    if constexpr (requires { next.each([](const auto&) {}); })
      next.each([&](const auto& one) { follow<A>(one, deliver); });
    else
      follow<A>(next, deliver);
  }
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
