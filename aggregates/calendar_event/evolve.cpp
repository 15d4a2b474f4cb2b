// Any history is fact: nothing here checks a transition.
#include <aggregates/calendar_event/calendar_event.hpp>

namespace domain {
namespace {

template <class To, class From> void take_over(To& to, const From& from) {
  if (from) to = *from;
}

// `To` is a state, or what waits for the creation.
template <class To> void take_details(To& to, const CalendarEventDetails& details) {
  take_over(to.summary, details.summary);
  take_over(to.start, details.start);
  take_over(to.end, details.end);
  take_over(to.description, details.description);
  take_over(to.location, details.location);
  take_over(to.attendees, details.attendees);
}

}  // namespace

void CalendarEvent::evolve(State& state, const CalendarEventCreated& event) {
  if (is_created(state)) return;
  state.user_id = event.user_id;
  state.provider = event.provider;
  state.provider_event_id = event.provider_event_id;
  state.summary = event.summary;
  state.start = event.start;
  state.end = event.end;
  state.description = event.description;
  state.location = event.location;
  state.attendees = event.attendees.value_or(Attendees{});
  if (!state.early) return;
  take_details(state, *state.early);
  state.early.reset();
}

void CalendarEvent::evolve(State& state, const CalendarEventChanged& event) {
  if (is_created(state)) return take_details(state, event.details);
  if (!state.early) state.early.emplace();
  take_details(*state.early, event.details);
}

void CalendarEvent::evolve(State& state, const CalendarEventDeleted&) { state.deleted = true; }

}  // namespace domain
