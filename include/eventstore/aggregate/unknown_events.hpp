#pragma once
// What becomes of events that this build does not know, such as those of a newer release.
#include <cstdint>
#include <eventstore/log/event.hpp>
#include <string>

namespace eventstore {
inline namespace v1 {

/// An aggregate says what is done on streams that have such events:
///   static constexpr auto unknown_events = es::UnknownEvents::pass_over;
enum class UnknownEvents : std::uint8_t {
  refuse,           ///< neither a state nor a command: without such an event every state would mislead
  refuse_commands,  ///< states are rebuilt without them, and say so; commands are refused. The default.
  pass_over,        ///< states are rebuilt without them, and commands decide on such states
};

/// The events of a stream that its state is without, because this build does not know their types.
struct PassedOver {
  std::uint64_t events = 0;
  std::string type{};  ///< of the first
  Position first{};

  /// "AccountTeleported at position 3", and how many others there are.
  [[nodiscard]] std::string to_string() const;
};

namespace detail {

void note(PassedOver& passed_over, const RecordedEvent& event);

template <class A> constexpr UnknownEvents unknown_events() {
  if constexpr (requires { UnknownEvents{A::unknown_events}; })
    return A::unknown_events;
  else
    return UnknownEvents::refuse_commands;
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
