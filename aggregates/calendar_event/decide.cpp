#include <aggregates/calendar_event/calendar_event.hpp>
#include <aggregates/common/checks.hpp>
#include <aggregates/common/person_checks.hpp>

namespace domain {
namespace {

using eventstore::Refusal;
using eventstore::refuse;

std::optional<Refusal> check_span(eventstore::Timestamp start, eventstore::Timestamp end) {
  if (end < start) return refuse("end_before_start", "end is not before start");
  return std::nullopt;
}

// Of what waits for a creation, that may tell one end alone.
std::optional<Refusal> check_span(const CalendarEventState& state) {
  if (is_created(state)) return check_span(state.start, state.end);
  if (state.early && state.early->start && state.early->end) return check_span(*state.early->start, *state.early->end);
  return std::nullopt;
}

std::optional<Refusal> check_attendees(const std::optional<Attendees>& attendees) {
  if (!attendees) return std::nullopt;
  for (const auto& email : *attendees)
    if (check_email(email)) return refuse("bad_email", "each of attendees has the form name@example.org");
  return std::nullopt;
}

}  // namespace

CalendarEvent::Decision CalendarEvent::decide(const State* state, const CreateCalendarEvent& command) {
  if (state != nullptr && is_created(*state)) return already_exists("the calendar event exists");
  if (state != nullptr && state->deleted) return wrong_status("deleted", "calendar event cannot be created");
  if (auto problem = check_texts(
          {{"user_id", command.user_id}, {"provider_event_id", command.provider_event_id.value_or("none")}}))
    return *problem;
  if (auto problem = check_span(command.start, command.end)) return *problem;
  if (auto problem = check_attendees(command.attendees)) return *problem;
  CalendarEventCreated event{};
  event.user_id = command.user_id;
  event.provider = command.provider;
  event.provider_event_id = command.provider_event_id;
  event.summary = command.summary;
  event.start = command.start;
  event.end = command.end;
  event.description = command.description;
  event.location = command.location;
  event.attendees = command.attendees;
  return event;
}

CalendarEvent::Decision CalendarEvent::decide(const State& state, const ChangeCalendarEvent& command) {
  if (state.deleted) return wrong_status("deleted", "calendar event cannot be changed");
  if (command.details == CalendarEventDetails{})
    return refuse("nothing_to_change", "give a summary, a start, an end, a description, a location or attendees");
  if (auto problem = check_attendees(command.details.attendees)) return *problem;
  const CalendarEventChanged event{command.details};
  auto after = state;
  evolve(after, event);
  if (command.details.start || command.details.end)
    if (auto problem = check_span(after)) return *problem;
  if (after == state) return {};
  return event;
}

CalendarEvent::Decision CalendarEvent::decide(const State& state, const DeleteCalendarEvent& command) {
  if (state.deleted) return {};
  return CalendarEventDeleted{command.reason};
}

}  // namespace domain
