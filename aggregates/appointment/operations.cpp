#include <aggregates/appointment/operations.hpp>

#include <algorithm>

namespace domain {
namespace {

constexpr std::size_t remembered_max = 8;

}  // namespace

void take_over(AppointmentState& state, const AppointmentUpdated& event) {
  if (event.summary) state.summary = *event.summary;
  if (event.description) state.description = event.description;
  if (event.location) state.location = event.location;
  if (event.attendees) state.attendees = *event.attendees;
}

void remember(AppointmentState& state, const eventstore::Metadata& metadata, AppointmentOperation operation,
              std::optional<ShiftType> shift_type) {
  auto& recent = state.recent_operations;
  if (recent.size() == remembered_max) recent.erase(recent.begin());
  recent.push_back({metadata.event_id.uuid, operation, shift_type});
}

const RecentOperation* recent_operation(const AppointmentState& state, const eventstore::Uuid& event_id) {
  const auto found = std::ranges::find(state.recent_operations, event_id, &RecentOperation::event_id);
  return found == state.recent_operations.end() ? nullptr : &*found;
}

}  // namespace domain
