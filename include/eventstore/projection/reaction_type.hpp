#pragma once
// The parts that a reaction must have, and its form without types: the value of `es::reaction<R>()`.
//
//   struct SendReceipt {
//     static constexpr auto name = "send-receipt";
//     using reads = es::Reads<Account>;
//     using ignores = es::Ignores<Opened>;
//     static void react(const Deposited& event, const es::Change<Account>& change, es::Outgoing& to) {
//       to.execute<Letter>(change.key, Write{…});
//     }
//   };
#include <eventstore/projection/outgoing.hpp>
#include <eventstore/projection/projection_type.hpp>
#include <functional>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// The category of the streams in which reactions note their outcomes, timers and dead letters. No reaction reads it.
inline constexpr std::string_view reaction_category = "reaction";

/// Threads: immutable; `react` is called by one worker at a time.
struct ReactionType {
  std::string name;
  std::vector<std::string> categories;  ///< that it reads, with their earlier names
  /// What is to be done because of one event. Errors: unknown_event_type, unreadable_schema, corrupt_record,
  /// user_exception.
  std::function<Result<std::vector<OutgoingAction>>(const AnyChange& change)> react;
};

namespace detail {

// Handlers are found by their exact types, as those of projections are.
template <class R, class A>
concept ReactsToAny = requires {
  static_cast<void (*)(const Change<A>&, Outgoing&)>(&R::react);
};
template <class R, class A, class E>
concept ReactsTo = requires {
  static_cast<void (*)(const E&, const Change<A>&, Outgoing&)>(&R::react);
}
|| requires { static_cast<void (*)(E, const Change<A>&, Outgoing&)>(&R::react); };

template <class R, class A, class E> constexpr bool check_reacted() {
  static_assert(ReactsToAny<R, A> || ReactsTo<R, A, E> || ignores<R, E>(),
                "an event that the reaction neither handles nor ignores: write `static void react(const Event&, const "
                "es::Change<Aggregate>&, es::Outgoing&)` for it, or list it in `using ignores = es::Ignores<...>;`");
  static_assert(
      !((ReactsTo<R, A, E> || ReactsToAny<R, A>)&&ignores<R, E>()),
      "an event that the reaction both handles and ignores: take it out of `ignores`, or take out its react()");
  static_assert(!(ReactsToAny<R, A> && ReactsTo<R, A, E>),
                "an event with a react() of its own besides the one for any event: keep one of the two");
  return true;
}

template <class R, class A, class... Event>
Result<void> react_one(const Events<Event...>*, const AnyChange& change, std::vector<OutgoingAction>& actions) {
  static_assert((check_reacted<R, A, Event>() && ...));
  if (change.after().template as<typename A::State>() == nullptr)
    return failure(Errc::invalid_argument, "react", std::string{change.category()},
                   "the reaction reads an aggregate that is not among those that the program registers");
  const auto& before = *change.before().template as<typename A::State>();
  const auto& after = *change.after().template as<typename A::State>();
  const auto call = [&](const EventId& id, auto handler) {
    Outgoing to{R::name, change.event().stream, id, actions};
    handler(to);
  };
  if constexpr (ReactsToAny<R, A>) {
    return guarded(change.event(), [&] {
      call(change.event().id,
           [&](Outgoing& to) { R::react(typed_change<A>(change, change.metadata(), before, after), to); });
    });
  } else {
    const auto use = [&]<class E>(const E& event, const typename A::State& was, const typename A::State& is,
                                  const EventPart& part) requires(ReactsTo<R, A, E>) {
      const auto metadata = part.ordinal == 0 ? change.metadata() : part_metadata(change.metadata(), part.ordinal);
      call(metadata.event_id,
           [&](Outgoing& to) { R::react(event, typed_change<A>(change, metadata, was, is, part.ordinal), to); });
    };
    return with_changes<A>(change.event(), before, after, change.schemas(), use);
  }
}

template <class R, class... A> void reads_of(ReactionType& type, const Reads<A...>*) {
  static_assert(((std::string_view{A::category} != reaction_category) && ...),
                "a reaction reads no stream of a reaction: it would answer itself without an end");
  if constexpr (requires { typename R::ignores; })
    static_assert(
        check_ignores<R>(static_cast<const Reads<A...>*>(nullptr), static_cast<const typename R::ignores*>(nullptr)));
  (
      [&type] {
        type.categories.emplace_back(A::category);
        for (const auto former : former_categories<A>()) type.categories.emplace_back(former);
      }(),
      ...);
  type.react = [](const AnyChange& change) -> Result<std::vector<OutgoingAction>> {
    std::vector<OutgoingAction> actions;
    Result<void> result{};
    const auto category = change.category();
    (void)((is_category_of<A>(category) &&
            (result = react_one<R, A>(static_cast<const typename A::events*>(nullptr), change, actions), true)) ||
           ...);
    if (!result) return failure_of(result);
    return actions;
  };
}

}  // namespace detail

/// The type-erased form of the reaction `R`. Its name is the key of the stream `reaction-NAME`, part of every id that
/// it gives, and so never changed.
template <class R> ReactionType reaction() {
  static_assert(
      requires { std::string_view{R::name}; }, "name the reaction: `static constexpr auto name = \"send-receipt\";`");
  static_assert(
      requires { typename R::reads; }, "say what is read: `using reads = es::Reads<Aggregate>;`");
  ReactionType type{R::name, {}, {}};
  detail::reads_of<R>(type, static_cast<const typename R::reads*>(nullptr));
  return type;
}

}  // namespace v1
}  // namespace eventstore
