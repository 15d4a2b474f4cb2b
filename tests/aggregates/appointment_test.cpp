#include "support.hpp"

#include <aggregates/appointment/appointment.hpp>
#include <catch2/catch.hpp>

namespace appointment_test {

using namespace domain;
using namespace domain::testing;
using eventstore::testing::given;

namespace {

Timestamp at_hour(std::int64_t hour) { return second(hour * 3'600); }

AppointmentCreated created_at(std::int64_t hour) {
  AppointmentCreated event{};
  event.session_id = "session_1";
  event.caller_id = "+351912345678";
  event.summary = "Check-up";
  event.start = at_hour(hour);
  event.end = at_hour(hour + 1);
  event.processing_time = 450;
  return event;
}

CreateAppointment create() {
  CreateAppointment command{};
  command.session_id = "session_1";
  command.caller_id = "+351912345678";
  command.summary = "Check-up";
  command.start = at_hour(10);
  command.end = at_hour(11);
  command.processing_time = 450;
  return command;
}

ShiftAppointment shift_to(std::int64_t hour, std::optional<std::string> timezone = {}) {
  ShiftAppointment command{};
  command.session_id = "session_2";
  command.caller_id = "+351912345678";
  command.start = at_hour(hour);
  command.end = at_hour(hour + 1);
  command.processing_time = 300;
  command.timezone = std::move(timezone);
  return command;
}

AppointmentShifted shifted_to(std::int64_t hour, ShiftType type) {
  return {"session_2", "+351912345678", at_hour(hour), at_hour(hour + 1), type, 300};
}

const CancelAppointment cancel{"session_3", "+351912345678", "ill", 200, {}};
const AppointmentCancelled cancelled{"session_3", "+351912345678", "ill", 200};

ObservedAppointment in_the_calendar() {
  ObservedAppointment observed{};
  observed.summary = "From the calendar";
  observed.start = at_hour(10);
  observed.end = at_hour(11);
  return observed;
}

const auto when_created = given<Appointment>(created_at(10));
const auto when_cancelled = given<Appointment>(created_at(10), cancelled);

}  // namespace

TEST_CASE("an appointment is created once with the form of its data checked", "[appointment]") {
  CHECK(given<Appointment>().when(create()).is(created_at(10)));
  CHECK(when_created.when(create()).is_refused_with("already_exists"));
  const auto refused = [](auto change) {
    auto command = create();
    change(command);
    return given<Appointment>().when(command);
  };
  CHECK(refused([](auto& c) { c.session_id.clear(); }).is_refused_with("empty_text"));
  CHECK(refused([](auto& c) { c.caller_id.clear(); }).is_refused_with("empty_text"));
  CHECK(refused([](auto& c) { c.summary.clear(); }).is_refused_with("empty_text"));
  CHECK(refused([](auto& c) { c.end = at_hour(9); }).is_refused_with("bad_time"));
  CHECK(refused([](auto& c) { c.processing_time = -1; }).is_refused_with("bad_duration"));
}

TEST_CASE("a shift is of the same day or of another one by the date of the time zone", "[appointment]") {
  CHECK(when_created.when(shift_to(22)).is(shifted_to(22, ShiftType::same_day)));
  CHECK(when_created.when(shift_to(24)).is(shifted_to(24, ShiftType::different_day)));
  CHECK(when_created.when(shift_to(22, "+02:00")).is(shifted_to(22, ShiftType::different_day)));
  CHECK(when_created.when(shift_to(24, "-02:00")).is(shifted_to(24, ShiftType::same_day)));
  const eventstore::FixedOffset ahead{std::chrono::hours{2}};
  auto there = given<Appointment>(created_at(10));
  there.in(ahead);
  CHECK(there.when(shift_to(22)).is(shifted_to(22, ShiftType::different_day)));
  CHECK(there.when(shift_to(22, "Z")).is(shifted_to(22, ShiftType::same_day)));
  CHECK(when_created.when(shift_to(22, "tomorrow")).is_refused_with("bad_timezone"));
  CHECK(when_created.when(shift_to(10)).is_nothing());
  auto backwards = shift_to(12);
  backwards.end = at_hour(11);
  CHECK(when_created.when(backwards).is_refused_with("bad_time"));
}

TEST_CASE("an operation brings along an appointment that began elsewhere", "[appointment]") {
  CHECK(given<Appointment>().when(shift_to(12)).is_refused_with("unknown_appointment"));
  auto command = shift_to(12);
  command.observed = in_the_calendar();
  AppointmentObserved observed{};
  observed.caller_id = command.caller_id;  // the calendar names none
  observed.summary = "From the calendar";
  observed.start = at_hour(10);
  observed.end = at_hour(11);
  CHECK(given<Appointment>().when(command).is(observed, shifted_to(12, ShiftType::same_day)));
  CHECK(when_created.when(command).is(shifted_to(12, ShiftType::same_day)));
  auto late = cancel;
  late.observed = in_the_calendar();
  CHECK(given<Appointment>().when(late).is(observed, cancelled));
  late.observed->caller_id = "+351900000000";
  observed.caller_id = "+351900000000";
  CHECK(given<Appointment>().when(late).is(observed, cancelled));
  late.observed->end = at_hour(9);
  CHECK(given<Appointment>().when(late).is_refused_with("bad_time"));
}

TEST_CASE("an update changes the fields that are given", "[appointment]") {
  UpdateAppointment command{};
  command.session_id = "session_2";
  command.caller_id = "+351912345678";
  CHECK(when_created.when(command).is_refused_with("nothing_to_change"));
  command.summary = "Check-up";
  CHECK(when_created.when(command).is_nothing());
  command.location = "Room 2";
  const auto updated = when_created.when(command).state();
  CHECK(updated.location == "Room 2");
  CHECK(updated.start == at_hour(10));
  command.summary = "";
  CHECK(when_created.when(command).is_refused_with("empty_text"));
}

TEST_CASE("a cancelled appointment takes no operation", "[appointment]") {
  CHECK(when_created.when(cancel).is(cancelled));
  CHECK(when_cancelled.when(cancel).is_refused_with("wrong_status"));
  CHECK(when_cancelled.when(shift_to(12)).is_refused_with("wrong_status"));
  CHECK(when_cancelled.when(create()).is_refused_with("wrong_status"));
  UpdateAppointment update{};
  update.session_id = "s";
  update.caller_id = "c";
  update.location = "Room 2";
  CHECK(when_cancelled.when(update).is_refused_with("wrong_status"));
}

TEST_CASE("failures and notifications are facts in every state", "[appointment]") {
  const FailAppointmentOperation fail{"session_2", "+351912345678", AppointmentOperation::shift,
                                      "calendar",  "no answer",     5};
  const AppointmentOperationFailed failed{"session_2", "+351912345678", AppointmentOperation::shift,
                                          "calendar",  "no answer",     5};
  CHECK(given<Appointment>().when(fail).is(failed));
  CHECK(when_cancelled.when(fail).is(failed));
  CHECK(when_created.when(fail).state() == when_created.state());
  auto empty = fail;
  empty.error.clear();
  CHECK(when_created.when(empty).is_refused_with("empty_text"));

  const eventstore::Uuid operation = eventstore::Uuid::v5(eventstore::Uuid{}, "operation");
  CHECK(when_cancelled.when(RecordNotification{operation, NotifiedParty::office, "SM1", 245})
            .is(AppointmentNotificationSent{operation, NotifiedParty::office, "SM1", 245}));
  CHECK(when_created.when(RecordNotification{operation, NotifiedParty::office, "", 245}).is_refused_with("empty_text"));
  CHECK(when_created.when(RecordNotification{operation, NotifiedParty::office, "SM1", -1})
            .is_refused_with("bad_duration"));
  CHECK(when_created
            .when(RecordNotificationFailure{operation, NotifiedParty::teammate, "whatsapp_notification", "refused", 9})
            .is(AppointmentNotificationFailed{operation, NotifiedParty::teammate, "whatsapp_notification", "refused",
                                              9}));
}

TEST_CASE("history of an appointment may begin with anything", "[appointment]") {
  const auto early = history<Appointment>(cancelled, created_at(10));
  CHECK(early.status == AppointmentStatus::cancelled);
  CHECK(early.summary == "Check-up");
  CHECK(history<Appointment>(created_at(10), created_at(12)).start == at_hour(10));
  AppointmentObserved gone{};
  gone.summary = "Gone";
  gone.status = AppointmentStatus::cancelled;
  CHECK(history<Appointment>(gone).status == AppointmentStatus::cancelled);
  CHECK(history<Appointment>(created_at(10), gone).status == AppointmentStatus::scheduled);
}

}  // namespace appointment_test
