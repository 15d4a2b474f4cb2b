#include "support.hpp"

#include <aggregates/calendar_event/calendar_event.hpp>
#include <catch2/catch.hpp>
#include <eventstore/schema/codec.hpp>

namespace calendar_event_test {

using namespace domain;
using namespace domain::testing;
using eventstore::testing::given;

namespace {

const CreateCalendarEvent create{
    "u-1",    CalendarProvider::google,    "g-1", "Stand-up", second(100), second(200), "Notes.",
    "Room 1", Attendees{"bea@example.org"}};
const CalendarEventCreated created{
    "u-1",    CalendarProvider::google,    "g-1", "Stand-up", second(100), second(200), "Notes.",
    "Room 1", Attendees{"bea@example.org"}};

const auto when_created = given<CalendarEvent>(created);
const auto when_deleted = given<CalendarEvent>(created, CalendarEventDeleted{"ill"});

template <class Change> CreateCalendarEvent with(Change change) {
  auto command = create;
  change(command);
  return command;
}

template <class Change> CalendarEventDetails details(Change change) {
  CalendarEventDetails made{};
  change(made);
  return made;
}

CalendarEventDetails moved(std::int64_t start, std::int64_t end) {
  return details([&](auto& d) {
    d.start = second(start);
    d.end = second(end);
  });
}

}  // namespace

TEST_CASE("a calendar event is created once with the form of its data checked", "[calendar_event]") {
  CHECK(given<CalendarEvent>().when(create).is(created));
  CHECK(when_created.when(create).is_refused_with("already_exists"));
  const auto refused = [](auto change) { return given<CalendarEvent>().when(with(change)); };
  CHECK(refused([](auto& c) { c.user_id.clear(); }).is_refused("user_id may not be empty"));
  CHECK(refused([](auto& c) { c.provider_event_id = ""; }).is_refused("provider_event_id may not be empty"));
  CHECK(refused([](auto& c) {
          c.attendees = Attendees{"bea@example.org", "bea"};
        }).is_refused("each of attendees has the form name@example.org"));
  CHECK_FALSE(refused([](auto& c) { c.summary.clear(); }).is_refused());
  const auto bare =
      given<CalendarEvent>()
          .when(CreateCalendarEvent{"u-1", CalendarProvider::microsoft, {}, "Lunch", second(1), second(2), {}, {}, {}})
          .state();
  CHECK(!bare.provider_event_id);
  CHECK(bare.provider == CalendarProvider::microsoft);
  CHECK(bare.attendees.empty());
}

TEST_CASE("the end of a calendar event is not before its start", "[calendar_event]") {
  CHECK(given<CalendarEvent>()
            .when(with([](auto& c) { c.end = Timestamp{c.start.micros - 1}; }))
            .is_refused("end is not before start"));
  CHECK_FALSE(given<CalendarEvent>().when(with([](auto& c) { c.end = c.start; })).is_refused());
  CHECK(when_created.when(ChangeCalendarEvent{moved(300, 299)}).is_refused_with("end_before_start"));
  CHECK(when_created.when(ChangeCalendarEvent{details([](auto& d) { d.start = second(201); })})
            .is_refused_with("end_before_start"));
  CHECK(when_created.when(ChangeCalendarEvent{details([](auto& d) { d.end = second(99); })})
            .is_refused_with("end_before_start"));
  CHECK_FALSE(when_created.when(ChangeCalendarEvent{details([](auto& d) { d.end = second(100); })}).is_refused());
}

TEST_CASE("a calendar event changes in the fields that are given", "[calendar_event]") {
  const auto note = details([](auto& d) { d.description = "Bring the budget."; });
  CHECK(when_created.when(ChangeCalendarEvent{note}).is(CalendarEventChanged{note}));
  auto expected = when_created.when(ChangeCalendarEvent{note}).state();
  CHECK(expected.description == "Bring the budget.");
  CHECK(expected.summary == "Stand-up");
  CHECK(expected.location == "Room 1");
  const auto shifted = when_created.when(ChangeCalendarEvent{moved(1'000, 2'000)}).state();
  CHECK(shifted.start == second(1'000));
  CHECK(shifted.end == second(2'000));
  CHECK(when_created.when(ChangeCalendarEvent{details([](auto& d) { d.attendees = Attendees{}; })})
            .state()
            .attendees.empty());
  CHECK(when_created.when(ChangeCalendarEvent{moved(100, 200)}).is_nothing());
  CHECK(when_created.when(ChangeCalendarEvent{}).is_refused_with("nothing_to_change"));
  CHECK(when_created.when(ChangeCalendarEvent{details([](auto& d) { d.attendees = Attendees{"bea"}; })})
            .is_refused_with("bad_email"));
}

TEST_CASE("what changes stands in the event as its own fields", "[calendar_event]") {
  const auto title = details([](auto& d) { d.summary = "Retrospective"; });
  CHECK(eventstore::to_json(CalendarEventChanged{title}) == R"({"summary":"Retrospective"})");
}

TEST_CASE("a change of the title is taken of a calendar event whose history has its end before its start",
          "[calendar_event][history]") {
  auto odd = created;
  odd.end = second(50);
  const auto title = details([](auto& d) { d.summary = "Retrospective"; });
  CHECK(given<CalendarEvent>(odd).when(ChangeCalendarEvent{title}).is(CalendarEventChanged{title}));
}

TEST_CASE("a deleted calendar event stays deleted", "[calendar_event]") {
  CHECK(when_created.when(DeleteCalendarEvent{"ill"}).is(CalendarEventDeleted{"ill"}));
  CHECK(when_deleted.state().deleted);
  CHECK(when_deleted.when(DeleteCalendarEvent{}).is_nothing());
  CHECK(when_deleted.when(ChangeCalendarEvent{moved(1, 2)}).is_refused("a deleted calendar event cannot be changed"));
  CHECK(when_deleted.when(create).is_refused_with("already_exists"));
  CHECK(given<CalendarEvent>(CalendarEventDeleted{}).when(create).is_refused_with("wrong_status"));
  CHECK(history<CalendarEvent>(CalendarEventDeleted{}, created).deleted);
  CHECK(history<CalendarEvent>(created, CalendarEventDeleted{}, CalendarEventChanged{moved(1, 2)}).deleted);
}

TEST_CASE("a change that comes before the creation counts for more than it", "[calendar_event][history]") {
  const CalendarEventChanged first{moved(300, 400)};
  const CalendarEventChanged second_one{details([](auto& d) {
    d.start = second(350);
    d.summary = "Retrospective";
  })};
  const auto waiting = history<CalendarEvent>(first, second_one);
  CHECK(waiting.summary.empty());
  REQUIRE(waiting.early);
  CHECK(waiting.early->end == second(400));
  const auto late = history<CalendarEvent>(first, second_one, created);
  CHECK(late == history<CalendarEvent>(created, first, second_one));
  CHECK(late.summary == "Retrospective");
  CHECK(late.start == second(350));
  CHECK(late.location == "Room 1");
  CHECK(!late.early);
}

TEST_CASE("a creation that is repeated changes nothing", "[calendar_event][history]") {
  const CalendarEventChanged change{moved(300, 400)};
  CHECK(history<CalendarEvent>(created, change, created) == history<CalendarEvent>(created, change));
  auto other = created;
  other.user_id = "u-2";
  CHECK(history<CalendarEvent>(created, other) == history<CalendarEvent>(created));
}

TEST_CASE("a calendar event whose changes came first is created by the same command", "[calendar_event][history]") {
  const auto early = given<CalendarEvent>(CalendarEventChanged{moved(300, 400)});
  CHECK(early.when(create).is(created));
  CHECK(early.when(create).state().start == second(300));
  CHECK(early.when(ChangeCalendarEvent{moved(300, 299)}).is_refused_with("end_before_start"));
  CHECK(early.when(ChangeCalendarEvent{details([](auto& d) { d.end = second(299); })})
            .is_refused_with("end_before_start"));
  CHECK(given<CalendarEvent>(CalendarEventChanged{details([](auto& d) { d.summary = "x"; })})
            .when(ChangeCalendarEvent{details([](auto& d) { d.end = second(1); })})
            .is(CalendarEventChanged{details([](auto& d) { d.end = second(1); })}));
}

TEST_CASE("a calendar event is about its user from the creation on", "[calendar_event]") {
  CHECK(CalendarEvent::subject(history<CalendarEvent>(created)) == "u-1");
  CHECK(CalendarEvent::subject(history<CalendarEvent>(CalendarEventChanged{moved(1, 2)})).empty());
}

}  // namespace calendar_event_test
