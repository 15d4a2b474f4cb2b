#include <projections/common/delivery_figures.hpp>

#include <algorithm>

namespace domain {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;

// From the last assignment to the departure that followed it. Clocks run backwards; nobody departs before that.
std::optional<std::int64_t> response_seconds_of(const DeliveryState& state) {
  std::optional<eventstore::Timestamp> assigned_at;
  std::optional<std::int64_t> seconds;
  for (const auto& step : state.tracking_events) {
    if (step.status == to_string(DeliveryStatus::assigned)) assigned_at = step.timestamp;
    if (step.status != to_string(DeliveryStatus::in_transit) || !assigned_at) continue;
    seconds = std::max<std::int64_t>(0, (step.timestamp.micros - assigned_at->micros) / micros_per_second);
    assigned_at.reset();
  }
  return seconds;
}

}  // namespace

DeliveryFigures DeliveryFigures::of(const DeliveryState& state) {
  DeliveryFigures figures{};
  using enum DeliveryStatus;
  figures.active = state.status == assigned || state.status == in_transit ? 1 : 0;
  figures.completed = state.status == completed ? 1 : 0;
  figures.ended = figures.completed + (state.status == failed ? 1 : 0);
  if (state.customer_feedback) {
    figures.ratings = 1;
    figures.ratings_sum = state.customer_feedback->rating;
  }
  if (const auto seconds = response_seconds_of(state)) {
    figures.responses = 1;
    figures.response_seconds = *seconds;
  }
  return figures;
}

double mean(std::int64_t sum, std::int64_t count) {
  return count == 0 ? 0 : static_cast<double>(sum) / static_cast<double>(count);
}

std::string key_in(const eventstore::Metadata& metadata, std::string_view id) {
  return metadata.organization + '\n' + std::string{id};
}

}  // namespace domain
