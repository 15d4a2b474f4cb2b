#pragma once
// What is known about an appointment after its events.
#include <aggregates/appointment/events.hpp>

namespace domain {

struct AppointmentState {
  // is_known says whether the appointment was created or observed: a failed operation may come before.
  EVENTSTORE_FIELDS(AppointmentState, (std::string, caller_id, , eventstore::personal),
                    (std::string, summary, , eventstore::personal), (eventstore::Timestamp, start),
                    (eventstore::Timestamp, end), (std::optional<std::string>, description, , eventstore::personal),
                    (std::optional<std::string>, location, , eventstore::personal),
                    (Participants, attendees, , eventstore::personal),
                    (AppointmentStatus, status, AppointmentStatus::scheduled),
                    (bool, is_known, false, eventstore::bookkeeping));
};

}  // namespace domain
