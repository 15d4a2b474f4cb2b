#pragma once
// An entry in the calendar that a user has with a provider.
//
// Rules that the requirements leave open:
// - end is not before start, and may be equal to it, as that of a reminder is; a summary may be empty, because entries
//   without a title exist;
// - of one user and provider, no two events have one provider_event_id; a deleted event has none;
// - a change that names what is there already changes nothing;
// - a deleted event is not changed, and is not created again;
// - history is fact: providers tell changes and deletions before the creation, and repeat it. A change that comes early
//   waits in the state and counts for more than the creation; a creation that is repeated changes nothing; a deletion
//   stays, whatever comes after it.
#include <aggregates/calendar_event/commands.hpp>
#include <aggregates/calendar_event/state.hpp>
#include <eventstore/aggregate/decider_of.hpp>
#include <eventstore/aggregate/unique.hpp>

namespace domain {

struct CalendarEvent
    : eventstore::DeciderOf<"calendar_event", CalendarEventState,
                            eventstore::Events<CalendarEventCreated, CalendarEventChanged, CalendarEventDeleted>,
                            eventstore::Commands<CreateCalendarEvent, ChangeCalendarEvent, DeleteCalendarEvent>> {
  static constexpr auto collection = "calendar_events";
  static constexpr auto unique = eventstore::unique<&CalendarEventState::user_id, &CalendarEventState::provider,
                                                    &CalendarEventState::provider_event_id>();
  static bool is_deleted(const State& state) { return state.deleted; }

  static void evolve(State& state, const CalendarEventCreated& event);
  static void evolve(State& state, const CalendarEventChanged& event);
  static void evolve(State& state, const CalendarEventDeleted& event);

  static Decision decide(const State* state, const CreateCalendarEvent& command);
  static Decision decide(const State& state, const ChangeCalendarEvent& command);
  static Decision decide(const State& state, const DeleteCalendarEvent& command);

  /// The user. Empty, which leaves it to the stream itself, before the creation names the user.
  static std::string subject(const State& state) { return state.user_id; }

  static Decision make_up(Random& random, const State& state);
};

}  // namespace domain
