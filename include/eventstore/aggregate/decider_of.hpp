#pragma once
// The declarations of an aggregate, in one line:
//
//   struct Account : es::DeciderOf<"account", AccountState, es::Events<Opened, Deposited>, es::Commands<Open, Deposit>>
//   {
//     static void evolve(State& state, const Opened& event);
//     static Decision create(const Open& command);
//   };
//
// AggregateOf leaves the commands out, CategoryOf also the state. A category that was renamed says so in the struct:
// `static constexpr auto was = es::was("parcel");`. A struct may also declare the same names itself.
#include <cstddef>
#include <eventstore/aggregate/context.hpp>
#include <eventstore/aggregate/decision.hpp>
#include <eventstore/aggregate/detail/former_category.hpp>
#include <eventstore/fwd.hpp>

namespace eventstore {
inline namespace v1 {

/// A name as a template argument.
template <std::size_t Size> struct FixedName {
  char text[Size]{};
  constexpr FixedName(const char (&name)[Size]) {  // NOLINT(google-explicit-constructor): "account" is a name
    for (std::size_t i = 0; i < Size; ++i) text[i] = name[i];
  }
};

namespace detail {

template <class List> inline constexpr bool is_events = false;
template <class... E> inline constexpr bool is_events<Events<E...>> = true;
template <class List> inline constexpr bool is_commands = false;
template <class... C> inline constexpr bool is_commands<Commands<C...>> = true;

}  // namespace detail

template <FixedName Name, class EventList> struct CategoryOf {
  static_assert(detail::is_category_name(Name.text),
                "a category's name is 1 to 64 of a to z, 0 to 9 and _, as it stands before the `-` of its streams");
  static_assert(detail::is_events<EventList>, "give the events as a list: `es::Events<First, Second>`");

  static constexpr const char* category = Name.text;
  using events = EventList;
  using Metadata = eventstore::Metadata;
  using Measurements = eventstore::Measurements;
  using AuditLine = eventstore::AuditLine;
  using Random = eventstore::Random;
  using Metrics [[deprecated("write Measurements")]] = Measurements;
};

template <FixedName Name, class StateType, class EventList> struct AggregateOf : CategoryOf<Name, EventList> {
  using State = StateType;
};

template <FixedName Name, class StateType, class EventList, class CommandList>
struct DeciderOf : AggregateOf<Name, StateType, EventList> {
  static_assert(detail::is_commands<CommandList>,
                "give the commands as a list behind the events: `es::Commands<First, Second>`");

  using commands = CommandList;
  using Decision = eventstore::Decision<EventList>;
  using Context = eventstore::Context;
};

}  // namespace v1
}  // namespace eventstore
