#pragma once
// What a reaction notes in its stream `reaction-NAME`, as an aggregate like any other: refusals, timers and events that
// were set aside. What went well is not noted: the events of a command name its id.
#include <cstdint>
#include <eventstore/aggregate/decider_of.hpp>
#include <eventstore/schema/json.hpp>
#include <eventstore/schema/map.hpp>
#include <optional>
#include <string>

namespace eventstore {
inline namespace v1 {

/// The event to which a reaction reacted.
struct ReactionCause {
  EVENTSTORE_FIELDS(ReactionCause, (std::uint64_t, position), (std::string, stream), (Uuid, event_id),
                    (std::string, organization), (std::string, correlation_id, ""));
};

/// What is done when a timer fires: a command, where it names a category, or else a call. `data` has personal values
/// and secrets in the form of kept_json.
struct ReactionTimer {
  EVENTSTORE_FIELDS(ReactionTimer, (ReactionCause, cause), (Timestamp, at), (Uuid, action_id), (std::string, category),
                    (std::string, key), (std::string, name), (Json, data));
};

/// An event, or a timer, that the reaction could not deal with. Its key in ReactionState::letters is the position of
/// the event in 20 digits, or "timer " and the timer's name.
struct ReactionLetter {
  EVENTSTORE_FIELDS(ReactionLetter, (ReactionCause, cause), (std::uint64_t, attempts), (std::string, code),
                    (std::string, reason), (Timestamp, set_aside_at), (std::optional<ReactionTimer>, timer));
};

/// The first event of the stream: where the reaction began.
struct ReactionStarted {
  EVENTSTORE_EVENT(ReactionStarted, (std::uint64_t, after));
};
/// A command that the domain refused, or that cannot be done: its stream does not exist, is another organization's or
/// has a name that no stream can have, or its event is too large. `code` says which.
struct ReactionCommandRefused {
  EVENTSTORE_EVENT(ReactionCommandRefused, (ReactionCause, cause), (std::string, stream), (std::string, command),
                   (std::string, code), (std::string, sentence));
};
struct ReactionSetAside {
  EVENTSTORE_EVENT(ReactionSetAside, (ReactionCause, cause), (std::string, letter), (std::uint64_t, attempts),
                   (std::string, code), (std::string, reason), (std::optional<std::string>, timer));
};
/// What was set aside was done after all.
struct ReactionRetried {
  EVENTSTORE_EVENT(ReactionRetried, (std::string, letter));
};
/// What was set aside will not be done.
struct ReactionDropped {
  EVENTSTORE_EVENT(ReactionDropped, (std::string, letter));
};
struct ReactionTimerSet {
  EVENTSTORE_EVENT(ReactionTimerSet, (std::string, timer), (ReactionTimer, what));
};
struct ReactionTimerCancelled {
  EVENTSTORE_EVENT(ReactionTimerCancelled, (ReactionCause, cause), (std::string, timer));
};
struct ReactionTimerFired {
  EVENTSTORE_EVENT(ReactionTimerFired, (std::string, timer), (Uuid, action_id));
};

struct ReactionState {
  // `noted` is the last position of an event about which something was noted.
  EVENTSTORE_FIELDS(ReactionState, (std::uint64_t, after), (std::uint64_t, noted), (std::uint64_t, refused),
                    (Map<ReactionTimer>, timers), (Map<ReactionLetter>, letters));
};

/// A program that registers it, by `es::aggregate<es::ReactionRecord>()`, sees the states of its reactions everywhere.
struct ReactionRecord
    : AggregateOf<"reaction", ReactionState,
                  Events<ReactionStarted, ReactionCommandRefused, ReactionSetAside, ReactionRetried, ReactionDropped,
                         ReactionTimerSet, ReactionTimerCancelled, ReactionTimerFired>> {
  static void evolve(State& state, const ReactionStarted& event);
  static void evolve(State& state, const ReactionCommandRefused& event);
  static void evolve(State& state, const ReactionSetAside& event, const Metadata& metadata);
  static void evolve(State& state, const ReactionRetried& event);
  static void evolve(State& state, const ReactionDropped& event);
  static void evolve(State& state, const ReactionTimerSet& event);
  static void evolve(State& state, const ReactionTimerCancelled& event);
  static void evolve(State& state, const ReactionTimerFired& event);
};

}  // namespace v1
}  // namespace eventstore
