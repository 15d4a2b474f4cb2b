#pragma once
// The ways in which an aggregate names the others that a command's decision reads: `keys` of the command alone, or of
// the state too; with or without Context.
#include <eventstore/aggregate/detail/answers.hpp>
#include <eventstore/aggregate/keys.hpp>

namespace eventstore {
inline namespace v1 {
namespace detail {

template <class A, class C>
concept KeysOfCommand = requires(const C& command) {
  A::keys(command);
};
template <class A, class C>
concept KeysOfCommandInContext = requires(const C& command, const Context& context) {
  A::keys(command, context);
};
template <class A, class C>
concept KeysOfState = requires(const typename A::State& state, const C& command) {
  A::keys(state, command);
};
template <class A, class C>
concept KeysOfStateInContext = requires(const typename A::State& state, const C& command, const Context& context) {
  A::keys(state, command, context);
};
template <class A, class C>
concept KeysOfAnyState = requires(const typename A::State* state, const C& command) {
  A::keys(state, command);
};
template <class A, class C>
concept KeysOfAnyStateInContext = requires(const typename A::State* state, const C& command, const Context& context) {
  A::keys(state, command, context);
};

template <class A, class C>
inline constexpr bool takes_state_for_keys = KeysOfState<A, C> || KeysOfStateInContext<A, C>;
template <class A, class C>
inline constexpr int times_keyed =
    int{KeysOfCommand<A, C>} + int{KeysOfCommandInContext<A, C>} + int{KeysOfState<A, C>} +
    int{KeysOfStateInContext<A, C>} + int{KeysOfAnyState<A, C>} + int{KeysOfAnyStateInContext<A, C>};

/// What `keys` returns; `state` is null only where the command needs no stream.
template <class A, class C> auto named_by(const typename A::State* state, const C& command, const Context& context) {
  if constexpr (KeysOfCommand<A, C>)
    return A::keys(command);
  else if constexpr (KeysOfCommandInContext<A, C>)
    return A::keys(command, context);
  else if constexpr (KeysOfState<A, C>)
    return A::keys(*state, command);
  else if constexpr (KeysOfStateInContext<A, C>)
    return A::keys(*state, command, context);
  else if constexpr (KeysOfAnyState<A, C>)
    return A::keys(state, command);
  else
    return A::keys(state, command, context);
}

template <class A, class C>
using NamedBy = decltype(named_by<A, C>(nullptr, std::declval<const C&>(), std::declval<const Context&>()));

// The keys, in the order of their aggregates. Bare keys are those of the only aggregate.
template <class Named, class List> struct KeysIn;
template <class... K, class... O> struct KeysIn<Keys<K...>, TypeList<O...>> {
  static constexpr bool names_keys = true;
  static constexpr bool fits = sizeof...(K) == sizeof...(O) && (TypeList<K...>::template contains<O> && ...);
  using type = Keys<K...>;
  using aggregates = TypeList<K...>;
};
template <class Named, class... O> struct KeysIn<Named, TypeList<O...>> {
  static constexpr bool names_keys = NamesKeys<Named>;
  static constexpr bool fits = names_keys && sizeof...(O) == 1;
  using type = Keys<O...>;
  using aggregates = TypeList<O...>;
};

// Whether `keys` and the function that decides agree about the others.
template <class A, class C> constexpr bool keys_fit() {
  if constexpr (!reads_others<A, C>)
    return times_keyed<A, C> == 0;
  else if constexpr (times_keyed<A, C> != 1)
    return false;
  else if constexpr (takes_state_for_keys<A, C> && !decides<A, C>)
    return false;
  else
    return KeysIn<NamedBy<A, C>, OthersOf<A, C>>::fits;
}

template <class A, class C> constexpr bool check_keys() {
  static_assert(reads_others<A, C> || times_keyed<A, C> == 0,
                "keys names other aggregates for a command whose decision does not look at them: take `const "
                "es::Others<Other>&` behind the command, or take this keys away");
  static_assert(!reads_others<A, C> || times_keyed<A, C> > 0,
                "a decision that reads other aggregates, and nothing that says which: write `static auto keys(const "
                "Command&)`, which returns the key of the other aggregate, a list of keys, or `es::Keys<First, "
                "Second>{first_key, second_key}`");
  static_assert(times_keyed<A, C> < 2, "two overloads of keys take this command: keep one");
  if constexpr (reads_others<A, C> && times_keyed<A, C> == 1) {
    constexpr bool has_its_state = decides<A, C> || !takes_state_for_keys<A, C>;
    static_assert(has_its_state,
                  "a command that can open a stream has no state to take keys from: write keys(const Command&), or, "
                  "next to decide(const State*, ...), keys(const State*, const Command&)");
    if constexpr (has_its_state) {
      using TheirKeys = KeysIn<NamedBy<A, C>, OthersOf<A, C>>;
      static_assert(TheirKeys::names_keys,
                    "keys returns a text, an optional text, a list of texts, or `es::Keys<First, Second>` of these");
      static_assert(TheirKeys::fits || !TheirKeys::names_keys,
                    "keys and es::Others do not list the same aggregates: for `es::Others<First, Second>` return "
                    "`es::Keys<First, Second>{first_key, second_key}`");
    }
  }
  return true;
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
