#pragma once
// What a reaction wants done because of an event: commands, calls of outside functions, and both at a later time.
#include <eventstore/aggregate/concepts.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/uuid.hpp>
#include <eventstore/schema/codec.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// One thing to be done, without its types. Lifetime: `schema` is the program's.
struct OutgoingAction {
  enum class Kind : std::uint8_t { command, call, cancel_timer };

  Kind kind = Kind::command;
  Uuid id{};                       ///< the command's id, or the call's idempotency key
  std::string category{};          ///< of the command's aggregate; empty for a call
  std::string key{};               ///< of the command's aggregate
  std::string name{};              ///< of the command or of the outside function
  const Schema* schema = nullptr;  ///< of `data`; null for a cancelled timer
  Bytes data{};                    ///< the command, or the call's argument
  std::string timer{};             ///< that is set or cancelled; empty: the action is done at once
  Timestamp at{};                  ///< of the timer
};

/// Collects what one event's handler wants done. Nothing is done before the handler has returned.
/// The id of an action is the UUIDv5 of the reaction's name, the event and the number of the action among those of the
/// event. So a handler that gives the same actions for the same event repeats nothing when it is called again: it must
/// not depend on anything but the event and the states around it.
/// Lifetime: the call of the handler. Threads: one at a time.
class Outgoing {
 public:
  class Later;

  /// `event` is the stream and the id of the event that is handled; `actions` outlives this object.
  Outgoing(std::string_view reaction, std::string_view stream, const EventId& event,
           std::vector<OutgoingAction>& actions);

  /// Runs `command` on the aggregate `key` of A, with the event's organization; the events that it appends name the
  /// event as their cause. A refusal is recorded as the outcome, and so is a stream that does not exist or is another
  /// organization's; the reaction goes on.
  template <Decider A, class Command> void execute(std::string_view key, const Command& command) {
    add(command_of<A>(key, command));
  }

  /// Calls the function that the program has given for `function`, with `argument` as JSON. At least once: a crash
  /// between the call and the note of it calls again, with the same idempotency key.
  template <Described Argument> void call(std::string_view function, const Argument& argument) {
    add(call_of(function, argument));
  }

  /// `to.at(start - 24h, "reminder " + key).execute<Letter>(key, Write{…})`: does it at `time`, by the clock of the
  /// worker, or at once where that is past. `timer` names it within the reaction: to set it again moves it, with what
  /// is to be done then.
  /// Throws std::invalid_argument for an empty name, and the event is set aside.
  [[nodiscard]] Later at(Timestamp time, std::string_view timer);
  /// Takes a timer back. Nothing happens where there is none, or where it has fired.
  void cancel(std::string_view timer);

 private:
  template <Decider A, class Command> static OutgoingAction command_of(std::string_view key, const Command& command) {
    static_assert(check_decider<A>());
    static_assert(A::commands::template contains<Command>, "not a command of this aggregate: add it to `commands`");
    OutgoingAction action;
    action.category = A::category;
    action.key = key;
    action.name = Command::command_name;
    action.schema = &schema_of<Command>();
    action.data = encode(command);
    return action;
  }
  template <Described Argument> static OutgoingAction call_of(std::string_view function, const Argument& argument) {
    OutgoingAction action;
    action.kind = OutgoingAction::Kind::call;
    action.name = function;
    action.schema = &schema_of<Argument>();
    action.data = encode(argument);
    return action;
  }
  void add(OutgoingAction action);

  std::string cause_;  // the reaction's name, the stream and the event's id
  std::vector<OutgoingAction>& actions_;
  std::size_t begin_;  // of this event's actions
};

/// Says what is to be done at a later time. Lifetime: as the Outgoing that gave it.
class Outgoing::Later {
 public:
  Later(Outgoing& to, Timestamp time, std::string_view timer) : to_{to}, time_{time}, timer_{timer} {}

  template <Decider A, class Command> void execute(std::string_view key, const Command& command) {
    add(command_of<A>(key, command));
  }
  template <Described Argument> void call(std::string_view function, const Argument& argument) {
    add(call_of(function, argument));
  }

 private:
  void add(OutgoingAction action) {
    action.timer = timer_;
    action.at = time_;
    to_.add(std::move(action));
  }

  Outgoing& to_;
  Timestamp time_;
  std::string timer_;
};

/// The id that stands for `what` about the action or event with `id`: what is recorded about it has this id, so that it
/// is recorded once.
[[nodiscard]] Uuid reaction_note_id(const Uuid& id, std::string_view what);

}  // namespace v1
}  // namespace eventstore
