#pragma once
// What the operations on an appointment do to its state.
#include <aggregates/appointment/state.hpp>
#include <eventstore/log/metadata.hpp>

namespace domain {

/// A field that the event does not name keeps its value.
void take_over(AppointmentState& state, const AppointmentUpdated& event);

/// Keeps the operation for the notifications about it.
void remember(AppointmentState& state, const eventstore::Metadata& metadata, AppointmentOperation operation,
              std::optional<ShiftType> shift_type = {});

/// Null where it is not among the recent ones.
const RecentOperation* recent_operation(const AppointmentState& state, const eventstore::Uuid& event_id);

}  // namespace domain
