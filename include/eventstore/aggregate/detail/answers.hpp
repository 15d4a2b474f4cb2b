#pragma once
// The ways in which an aggregate answers a command: create or decide, on a stream or on none, with or without Context.
#include <eventstore/aggregate/context.hpp>
#include <eventstore/aggregate/detail/stream_need.hpp>

namespace eventstore {
inline namespace v1 {
namespace detail {

template <class A, class C>
concept OpensPlainly = requires {
  static_cast<typename A::Decision (*)(const C&)>(&A::create);
};
template <class A, class C>
concept OpensWithContext = requires {
  static_cast<typename A::Decision (*)(const C&, const Context&)>(&A::create);
};
template <class A, class C>
concept DecidesPlainly = requires {
  static_cast<typename A::Decision (*)(const typename A::State&, const C&)>(&A::decide);
};
template <class A, class C>
concept DecidesWithContext = requires {
  static_cast<typename A::Decision (*)(const typename A::State&, const C&, const Context&)>(&A::decide);
};
template <class A, class C>
concept ContinuesPlainly = requires {
  static_cast<typename A::Decision (*)(const typename A::State*, const C&)>(&A::decide);
};
template <class A, class C>
concept ContinuesWithContext = requires {
  static_cast<typename A::Decision (*)(const typename A::State*, const C&, const Context&)>(&A::decide);
};

template <class A, class C> inline constexpr bool opens = OpensPlainly<A, C> || OpensWithContext<A, C>;
template <class A, class C> inline constexpr bool decides = DecidesPlainly<A, C> || DecidesWithContext<A, C>;
template <class A, class C> inline constexpr bool continues = ContinuesPlainly<A, C> || ContinuesWithContext<A, C>;

// Written twice, once with Context and once without.
template <class A, class C>
inline constexpr bool answers_twice = (OpensPlainly<A, C> && OpensWithContext<A, C>) ||
                                      (DecidesPlainly<A, C> && DecidesWithContext<A, C>) ||
                                      (ContinuesPlainly<A, C> && ContinuesWithContext<A, C>);

// The number of the three ways that the aggregate has; exactly one is right.
template <class A, class C> inline constexpr int ways = int{opens<A, C>} + int{decides<A, C>} + int{continues<A, C>};

template <class A, class C> constexpr StreamNeed stream_need() {
  return opens<A, C> ? StreamNeed::none : continues<A, C> ? StreamNeed::either : StreamNeed::existing;
}

/// The decision about `command`; `state` is null if there is no stream, which only some commands allow.
template <class A, class C>
typename A::Decision answer(const typename A::State* state, const C& command, const Context& context) {
  if constexpr (OpensWithContext<A, C>)
    return A::create(command, context);
  else if constexpr (OpensPlainly<A, C>)
    return A::create(command);
  else if constexpr (ContinuesWithContext<A, C>)
    return A::decide(state, command, context);
  else if constexpr (ContinuesPlainly<A, C>)
    return A::decide(state, command);
  else if constexpr (DecidesWithContext<A, C>)
    return A::decide(*state, command, context);
  else
    return A::decide(*state, command);
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
