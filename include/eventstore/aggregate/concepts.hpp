#pragma once
// The parts that a domain type must have, each concept on top of the one before: Category, Aggregate, Decider.
// check_category, check_aggregate and check_decider turn a missing part into one sentence that says what to write.
#include <concepts>
#include <eventstore/aggregate/decider_of.hpp>
#include <eventstore/aggregate/detail/answers.hpp>
#include <eventstore/aggregate/detail/check_formerly.hpp>
#include <eventstore/aggregate/detail/check_names.hpp>
#include <eventstore/aggregate/detail/former_category.hpp>
#include <eventstore/aggregate/detail/names_others.hpp>
#include <eventstore/aggregate/lists.hpp>
#include <string_view>

namespace eventstore {
inline namespace v1 {
namespace detail {

template <class List> inline constexpr bool all_events = false;
template <class... E> inline constexpr bool all_events<Events<E...>> = (DescribedEvent<E> && ...);

template <class List> inline constexpr bool all_commands = false;
template <class... C> inline constexpr bool all_commands<Commands<C...>> = (DescribedCommand<C> && ...);

// A catch-all would take this; a proper overload would not.
struct NoEventOfYours {};

template <class A, class E>
concept EvolvesPlainly = requires {
  static_cast<void (*)(typename A::State&, const E&)>(&A::evolve);
};
template <class A, class E>
concept EvolvesWithMetadata = requires {
  static_cast<void (*)(typename A::State&, const E&, const Metadata&)>(&A::evolve);
};
template <class A, class E>
concept Evolves = EvolvesPlainly<A, E>
!= EvolvesWithMetadata<A, E>;
template <class A>
concept EvolvesAnything = EvolvesPlainly<A, NoEventOfYours> || EvolvesWithMetadata<A, NoEventOfYours>;

template <class A, class List> inline constexpr bool evolves_all = false;
template <class A, class... E> inline constexpr bool evolves_all<A, Events<E...>> = (Evolves<A, E> && ...);

template <class A, class List> inline constexpr bool answers_all = false;
template <class A, class... C>
inline constexpr bool answers_all<A, Commands<C...>> = ((ways<A, C> == 1 && !answers_twice<A, C> && keys_fit<A, C>()) &&
                                                        ...);

}  // namespace detail

/// A name and its events: `static constexpr auto category = "delivery"; using events = es::Events<…>;`
template <class A>
concept Category = requires {
  { A::category } -> std::convertible_to<std::string_view>;
  typename A::events;
}
&&detail::all_events<typename A::events>;

/// A Category with a state that every event evolves.
template <class A>
concept Aggregate = Category<A> && Described<typename A::State> && std::default_initializable<typename A::State> &&
    detail::evolves_all<A, typename A::events> && !detail::EvolvesAnything<A>;

/// An Aggregate that answers commands.
template <class A>
concept Decider = Aggregate<A> && detail::all_commands<typename A::commands> &&
    std::same_as<typename A::Decision, Decision<typename A::events>> && detail::answers_all<A, typename A::commands>;

namespace detail {

template <class A, class E> constexpr bool check_event() {
  static_assert(DescribedEvent<E>,
                "an event is a struct with EVENTSTORE_EVENT(Type, \"StoredName\", (type, field)...) in it");
  return true;
}

template <class A, class E> constexpr bool check_evolve() {
  static_assert(!(EvolvesPlainly<A, E> && EvolvesWithMetadata<A, E>),
                "two overloads of evolve take this event: keep either evolve(State&, const Event&) or "
                "evolve(State&, const Event&, const Metadata&)");
  static_assert(EvolvesPlainly<A, E> || EvolvesWithMetadata<A, E>,
                "an event that nothing evolves: write `static void evolve(State&, const Event&)` or `static void "
                "evolve(State&, const Event&, const es::Metadata&)` for it in the aggregate");
  return true;
}

template <class A, class C> constexpr bool check_command() {
  static_assert(DescribedCommand<C>,
                "a command is a struct with EVENTSTORE_COMMAND(Type, \"name\", (type, field)...) in it");
  static_assert(!answers_twice<A, C>,
                "two overloads take this command: keep the one with const Context& or the one without it, and the one "
                "with const es::Others<...>& or the one without them");
  static_assert(
      !(continues<A, C> && (opens<A, C> || decides<A, C>)),
      "a command that opens or continues a stream has decide(const State*, const Command&) alone: the state is "
      "null if there is no stream yet");
  static_assert(!(opens<A, C> && decides<A, C>),
                "a command either opens a stream or needs one: keep create(const Command&, const Context&) or "
                "decide(const State&, const Command&, const Context&), not both; decide(const State*, const Command&) "
                "does either");
  static_assert(
      ways<A, C> > 0,
      "a command that nothing decides: write `static Decision decide(const State&, const Command&, const "
      "es::Context&)`, or, if it opens the stream, `static Decision create(const Command&, const "
      "es::Context&)` in the aggregate; the Context may be left out, and `const es::Others<Other>&` may stand "
      "between command and Context");
  if constexpr (ways<A, C> == 1 && !answers_twice<A, C>) return check_keys<A, C>();
  return true;
}

template <class A, class... E> constexpr bool check_events(const Events<E...>*) { return (check_event<A, E>() && ...); }
template <class A, class... E> constexpr bool check_evolves(const Events<E...>*) {
  return (check_evolve<A, E>() && ...);
}
template <class A, class... C> constexpr bool check_commands(const Commands<C...>*) {
  if constexpr ((DescribedCommand<C> && ...)) check_command_names<C...>();
  return (check_command<A, C>() && ...);
}

}  // namespace detail

/// Fails to compile with advice where `A` is not a Category; true otherwise.
template <class A> constexpr bool check_category() {
  static_assert(
      requires {
        { A::category } -> std::convertible_to<std::string_view>;
      },
      "name the category: `static constexpr auto category = \"delivery\";`");
  if constexpr (requires {
                  { A::category } -> std::convertible_to<std::string_view>;
                }) {
    static_assert(!detail::NamesNoCategory<A>,
                  "a category's name is 1 to 64 of a to z, 0 to 9 and _, as it stands before the `-` of its streams");
    static_assert(detail::check_former_categories<A>());
  }
  static_assert(
      requires { typename A::events; }, "list the events: `using events = es::Events<First, Second>;`");
  if constexpr (requires { typename A::events; }) {
    if constexpr (detail::all_events<typename A::events>)
      static_assert(detail::check_formerly<A>(static_cast<const detail::OldEvents<A>*>(nullptr)));
    return detail::check_events<A>(static_cast<const typename A::events*>(nullptr));
  }
  return true;
}

/// Fails to compile with advice where `A` is not an Aggregate; true otherwise.
template <class A> constexpr bool check_aggregate() {
  static_assert(check_category<A>());
  static_assert(
      requires { typename A::State; },
      "declare the state: `struct State { EVENTSTORE_FIELDS(State, (type, field)...); };`");
  if constexpr (requires { typename A::State; }) {
    static_assert(Described<typename A::State>,
                  "describe the state: `struct State { EVENTSTORE_FIELDS(State, (type, field)...); };`");
    static_assert(!detail::EvolvesAnything<A>,
                  "evolve takes any event at all, so a new event would be passed over in silence: write one overload "
                  "`static void evolve(State&, const Event&)` for each event instead of a template");
    return detail::check_evolves<A>(static_cast<const typename A::events*>(nullptr));
  }
  return true;
}

/// Fails to compile with advice where `A` is not a Decider; true otherwise.
template <class A> constexpr bool check_decider() {
  static_assert(check_aggregate<A>());
  static_assert(
      requires { typename A::Decision; }, "name the decision: `using Decision = es::Decision<events>;`");
  return detail::check_commands<A>(static_cast<const typename A::commands*>(nullptr));
}

}  // namespace v1
}  // namespace eventstore
