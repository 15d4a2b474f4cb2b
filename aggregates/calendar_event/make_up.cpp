// Made-up entries of calendars, by the rules of decide.
#include <aggregates/calendar_event/calendar_event.hpp>
#include <aggregates/common/made_up.hpp>
#include <eventstore/aggregate/random.hpp>

namespace domain {
namespace {

using eventstore::Random;
using eventstore::Timestamp;

constexpr std::int64_t quarter_of_an_hour = 900;

std::string title(Random& random) {
  return std::string{random.pick<std::string_view>({"Stand-up", "Dentist", "Lunch with the team", "Budget review",
                                                    "Call with the landlord", "Interview", "Parents' evening"})};
}

Attendees guests(Random& random) {
  Attendees made;
  for (auto count = random.between(0, 3); count > 0; --count) made.push_back(made_up::email(random));
  return made;
}

// Some quarter of an hour of the next two weeks, or one of the last.
Timestamp moment(Random& random) { return random.now().plus_seconds(quarter_of_an_hour * random.between(-672, 1344)); }

Timestamp later(Random& random, Timestamp start) {
  return start.plus_seconds(quarter_of_an_hour * random.between(0, 8));
}

CalendarEventCreated entry(Random& random) {
  CalendarEventCreated event{};
  event.user_id = made_up::user_id(random);
  event.provider = random.pick({CalendarProvider::google, CalendarProvider::microsoft});
  if (random.chance(80)) event.provider_event_id = made_up::letters(random, 26);
  event.summary = title(random);
  event.start = moment(random);
  event.end = later(random, event.start);
  event.description = made_up::sometimes(random, 30, "Bring the notes of last time.");
  if (random.chance(40)) event.location = made_up::place(random).address;
  if (random.chance(60)) event.attendees = guests(random);
  return event;
}

CalendarEventChanged change(Random& random) {
  CalendarEventChanged event{};
  auto& details = event.details;
  if (random.chance(20)) details.summary = title(random);
  details.description = made_up::sometimes(random, 20, "The agenda has changed.");
  if (random.chance(20)) details.location = made_up::place(random).address;
  if (random.chance(30)) details.attendees = guests(random);
  if (random.chance(60) || details == CalendarEventDetails{}) {
    details.start = moment(random);
    details.end = later(random, *details.start);
  }
  return event;
}

}  // namespace

CalendarEvent::Decision CalendarEvent::make_up(Random& random, const State& state) {
  if (state.deleted) return {};
  if (!is_created(state)) return entry(random);
  const auto roll = random.below(100);
  if (roll < 40) return change(random);
  if (roll < 55) return CalendarEventDeleted{made_up::sometimes(random, 50, "everybody is ill")};
  return {};
}

}  // namespace domain
