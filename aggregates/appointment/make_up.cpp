// Made-up appointments, by the rules of decide.
#include <aggregates/appointment/appointment.hpp>
#include <aggregates/common/made_up.hpp>
#include <eventstore/aggregate/random.hpp>

namespace domain {
namespace {

using eventstore::Random;
using eventstore::Timestamp;
using Decision = Appointment::Decision;

constexpr std::int64_t half_hour = 1'800;

Timestamp some_time(Random& random) {
  return random.now().start_of_hour().plus_seconds(random.between(4, 300) * half_hour);
}

std::string session(Random& random) { return "session_" + std::to_string(random.between(1, 999'999)); }

std::int64_t milliseconds(Random& random) { return random.between(80, 900); }

// Half of the appointments began in the calendar, and are met there.
Decision begin(Random& random) {
  const auto start = some_time(random);
  const auto end = start.plus_seconds(half_hour);
  const auto phone = made_up::phone(random);
  const auto name = made_up::person_name(random);
  if (random.chance(50)) {
    AppointmentObserved event{};
    event.caller_id = phone;
    event.summary = "Talk with " + name;
    event.start = start;
    event.end = end;
    return event;
  }
  AppointmentCreated event{};
  event.session_id = session(random);
  event.caller_id = phone;
  event.summary = "Talk with " + name;
  event.start = start;
  event.end = end;
  event.location = made_up::place(random).address;
  event.processing_time = milliseconds(random);
  return event;
}

AppointmentShifted shift(Random& random, const AppointmentState& state) {
  const bool is_same_day = random.chance(40) && state.start.hour() < 22;
  AppointmentShifted event{};
  event.session_id = session(random);
  event.caller_id = state.caller_id;
  event.start = state.start.plus_seconds(is_same_day ? half_hour : random.between(1, 5) * 86'400);
  event.end = event.start.plus_seconds(half_hour);
  event.shift_type = is_same_day ? ShiftType::same_day : ShiftType::different_day;
  event.processing_time = milliseconds(random);
  return event;
}

AppointmentUpdated update(Random& random, const AppointmentState& state) {
  AppointmentUpdated event{};
  event.session_id = session(random);
  event.caller_id = state.caller_id;
  event.location = made_up::place(random).address;
  event.processing_time = milliseconds(random);
  return event;
}

AppointmentOperationFailed fail(Random& random, const AppointmentState& state) {
  return {session(random),     state.caller_id, AppointmentOperation::shift, "calendar", "the calendar does not answer",
          milliseconds(random)};
}

// Of the last operation.
Decision notify(Random& random, const AppointmentState& state) {
  if (state.recent_operations.empty()) return {};
  const auto operation = state.recent_operations.back().event_id;
  const auto recipient = random.pick({NotifiedParty::teammate, NotifiedParty::office});
  if (random.chance(85))
    return AppointmentNotificationSent{operation, recipient, "SM" + random.key().substr(0, 8), milliseconds(random)};
  return AppointmentNotificationFailed{operation, recipient, "whatsapp_notification", "Failed to send message",
                                       milliseconds(random)};
}

}  // namespace

Appointment::Decision Appointment::make_up(Random& random, const State& state) {
  if (!state.is_known) return begin(random);
  const auto roll = random.below(100);
  if (state.status == AppointmentStatus::cancelled) {
    if (roll < 30) return notify(random, state);
    return {};
  }
  if (roll < 30) return shift(random, state);
  if (roll < 45) return update(random, state);
  if (roll < 52) return fail(random, state);
  if (roll < 80) return notify(random, state);
  return AppointmentCancelled{session(random), state.caller_id, made_up::sometimes(random, 60, "ill"),
                              milliseconds(random)};
}

}  // namespace domain
