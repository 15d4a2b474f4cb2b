#pragma once
// The ways in which an aggregate answers a command: create or decide, on a stream or on none; with or without the
// states of other aggregates, and with or without Context behind the command.
#include <eventstore/aggregate/context.hpp>
#include <eventstore/aggregate/detail/stream_need.hpp>
#include <eventstore/aggregate/lists.hpp>
#include <eventstore/fwd.hpp>

namespace eventstore {
inline namespace v1 {
namespace detail {

// Functions that take `Front`, and the states of others behind it. Declared only: they tell which others.
template <class Decision, class... Front> struct Among {
  template <class... O> static TypeList<O...> plainly(Decision (*)(Front..., const Others<O...>&));
  template <class... O> static TypeList<O...> with_context(Decision (*)(Front..., const Others<O...>&, const Context&));
};
template <class A, class C> using CreateAmong = Among<typename A::Decision, const C&>;
template <class A, class C> using DecideAmong = Among<typename A::Decision, const typename A::State&, const C&>;
template <class A, class C> using ContinueAmong = Among<typename A::Decision, const typename A::State*, const C&>;

template <class A, class C>
concept OpensPlainly = requires {
  static_cast<typename A::Decision (*)(const C&)>(&A::create);
};
template <class A, class C>
concept OpensWithContext = requires {
  static_cast<typename A::Decision (*)(const C&, const Context&)>(&A::create);
};
template <class A, class C>
concept OpensAmong = requires {
  CreateAmong<A, C>::plainly(&A::create);
};
template <class A, class C>
concept OpensAmongWithContext = requires {
  CreateAmong<A, C>::with_context(&A::create);
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
concept DecidesAmong = requires {
  DecideAmong<A, C>::plainly(&A::decide);
};
template <class A, class C>
concept DecidesAmongWithContext = requires {
  DecideAmong<A, C>::with_context(&A::decide);
};
template <class A, class C>
concept ContinuesPlainly = requires {
  static_cast<typename A::Decision (*)(const typename A::State*, const C&)>(&A::decide);
};
template <class A, class C>
concept ContinuesWithContext = requires {
  static_cast<typename A::Decision (*)(const typename A::State*, const C&, const Context&)>(&A::decide);
};
template <class A, class C>
concept ContinuesAmong = requires {
  ContinueAmong<A, C>::plainly(&A::decide);
};
template <class A, class C>
concept ContinuesAmongWithContext = requires {
  ContinueAmong<A, C>::with_context(&A::decide);
};

// The number of functions that take the command in each of the three ways.
template <class A, class C>
inline constexpr int times_opened =
    int{OpensPlainly<A, C>} + int{OpensWithContext<A, C>} + int{OpensAmong<A, C>} + int{OpensAmongWithContext<A, C>};
template <class A, class C>
inline constexpr int times_decided = int{DecidesPlainly<A, C>} + int{DecidesWithContext<A, C>} +
                                     int{DecidesAmong<A, C>} + int{DecidesAmongWithContext<A, C>};
template <class A, class C>
inline constexpr int times_continued = int{ContinuesPlainly<A, C>} + int{ContinuesWithContext<A, C>} +
                                       int{ContinuesAmong<A, C>} + int{ContinuesAmongWithContext<A, C>};

template <class A, class C> inline constexpr bool opens = times_opened<A, C> > 0;
template <class A, class C> inline constexpr bool decides = times_decided<A, C> > 0;
template <class A, class C> inline constexpr bool continues = times_continued<A, C> > 0;

// Written twice in one way: with Context and without, or with others and without.
template <class A, class C>
inline constexpr bool answers_twice = times_opened<A, C> > 1 || times_decided<A, C> > 1 || times_continued<A, C> > 1;

// The number of the three ways that the aggregate has; exactly one is right.
template <class A, class C> inline constexpr int ways = int{opens<A, C>} + int{decides<A, C>} + int{continues<A, C>};

template <class A, class C> constexpr StreamNeed stream_need() {
  return opens<A, C> ? StreamNeed::none : continues<A, C> ? StreamNeed::either : StreamNeed::existing;
}

// The other aggregates that the answer takes.
template <class A, class C> constexpr auto find_others() {
  if constexpr (OpensAmong<A, C>)
    return decltype(CreateAmong<A, C>::plainly(&A::create)){};
  else if constexpr (OpensAmongWithContext<A, C>)
    return decltype(CreateAmong<A, C>::with_context(&A::create)){};
  else if constexpr (DecidesAmong<A, C>)
    return decltype(DecideAmong<A, C>::plainly(&A::decide)){};
  else if constexpr (DecidesAmongWithContext<A, C>)
    return decltype(DecideAmong<A, C>::with_context(&A::decide)){};
  else if constexpr (ContinuesAmong<A, C>)
    return decltype(ContinueAmong<A, C>::plainly(&A::decide)){};
  else if constexpr (ContinuesAmongWithContext<A, C>)
    return decltype(ContinueAmong<A, C>::with_context(&A::decide)){};
  else
    return TypeList<>{};
}
template <class A, class C> using OthersOf = decltype(find_others<A, C>());
template <class A, class C> inline constexpr bool reads_others = OthersOf<A, C>::size > 0;

template <class List> struct TypedOthers;
template <class... O> struct TypedOthers<TypeList<O...>> { using type = Others<O...>; };

/// The decision about `command`; `state` is null if there is no stream, which only some commands allow. `any` has the
/// states that `keys` names.
template <class A, class C>
typename A::Decision answer(const typename A::State* state, const C& command, const Context& context,
                            const AnyOthers& any) {
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
  else if constexpr (DecidesPlainly<A, C>)
    return A::decide(*state, command);
  else {
    const typename TypedOthers<OthersOf<A, C>>::type others{any};
    if constexpr (OpensAmong<A, C>)
      return A::create(command, others);
    else if constexpr (OpensAmongWithContext<A, C>)
      return A::create(command, others, context);
    else if constexpr (ContinuesAmong<A, C>)
      return A::decide(state, command, others);
    else if constexpr (ContinuesAmongWithContext<A, C>)
      return A::decide(state, command, others, context);
    else if constexpr (DecidesAmong<A, C>)
      return A::decide(*state, command, others);
    else
      return A::decide(*state, command, others, context);
  }
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
