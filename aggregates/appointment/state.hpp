#pragma once
// What is known about an appointment after its events.
#include <aggregates/appointment/events.hpp>

namespace domain {

/// An operation that a notification may tell of: the event that recorded it is `event_id`.
struct RecentOperation {
  EVENTSTORE_FIELDS(RecentOperation, (eventstore::Uuid, event_id), (AppointmentOperation, operation),
                    (std::optional<ShiftType>, shift_type));
};

struct AppointmentState {
  // is_known says whether the appointment was created or observed: a failed operation may come before.
  // recent_operations are the newest eight, oldest first.
  EVENTSTORE_FIELDS(
      AppointmentState, (std::string, caller_id, , eventstore::personal),
      (std::string, summary, , eventstore::personal), (eventstore::Timestamp, start), (eventstore::Timestamp, end),
      (std::optional<std::string>, description, , eventstore::personal),
      (std::optional<std::string>, location, , eventstore::personal), (Participants, attendees, , eventstore::personal),
      (AppointmentStatus, status, AppointmentStatus::scheduled), (bool, is_known, false, eventstore::bookkeeping),
      (std::vector<RecentOperation>, recent_operations, std::vector<RecentOperation>{}, eventstore::bookkeeping));
};

}  // namespace domain
