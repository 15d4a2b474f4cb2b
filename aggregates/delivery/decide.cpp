#include <aggregates/common/checks.hpp>
#include <aggregates/delivery/delivery.hpp>

#include <initializer_list>

namespace domain {
namespace {

using eventstore::Refusal;
using eventstore::refuse;

std::optional<Refusal> unless(const DeliveryState& state, std::initializer_list<DeliveryStatus> allowed,
                              std::string_view cannot) {
  for (const auto status : allowed)
    if (state.status == status) return std::nullopt;
  return wrong_status(to_string(state.status), "delivery cannot " + std::string{cannot});
}

constexpr auto until_over = {DeliveryStatus::scheduled, DeliveryStatus::assigned, DeliveryStatus::in_transit,
                             DeliveryStatus::failed};

// Written so that NaN is refused.
bool is_negative(std::optional<double> number) { return number && !(*number >= 0); }

std::optional<Refusal> check_package(const PackageDetails& package) {
  const auto dimensions = package.dimensions.value_or(Dimensions{});
  if (is_negative(package.weight) || is_negative(package.value) || is_negative(dimensions.length) ||
      is_negative(dimensions.width) || is_negative(dimensions.height))
    return refuse("bad_package", "weight, dimensions and value may not be negative");
  return std::nullopt;
}

}  // namespace

Delivery::Decision Delivery::decide(const State* state, const ScheduleDelivery& command) {
  if (state != nullptr && !is_early(*state)) return already_exists("the delivery is scheduled already");
  if (auto problem = check_texts({{"customer_id", command.customer_id}, {"address", command.address}})) return *problem;
  if (auto problem = check_coordinates(command.longitude, command.latitude)) return *problem;
  if (command.estimated_duration <= 0) return refuse("bad_duration", "estimated_duration must be more than 0 minutes");
  if (command.max_retries < 0) return refuse("bad_retries", "max_retries may not be negative");
  if (command.package_details)
    if (auto problem = check_package(*command.package_details)) return *problem;
  return DeliveryScheduled{command.customer_id, command.address,        command.longitude,
                           command.latitude,    command.scheduled_time, command.estimated_duration,
                           command.priority,    command.max_retries,    command.package_details};
}

Delivery::Decision Delivery::decide(const State& state, const RescheduleDelivery& command) {
  if (auto problem = unless(state, {DeliveryStatus::scheduled, DeliveryStatus::assigned}, "be rescheduled"))
    return *problem;
  if (state.scheduled_time == command.scheduled_time) return {};
  return DeliveryRescheduled{command.scheduled_time, command.reason};
}

Delivery::Decision Delivery::decide(const State& state, const ChangeDeliveryPriority& command) {
  if (auto problem = unless(state, until_over, "change its priority")) return *problem;
  if (state.priority == command.priority) return {};
  return DeliveryPriorityChanged{command.priority};
}

Delivery::Decision Delivery::decide(const State& state, const AssignDelivery& command,
                                    const eventstore::Others<Agent>& others) {
  if (auto problem = unless(state, {DeliveryStatus::scheduled, DeliveryStatus::assigned}, "be assigned"))
    return *problem;
  if (auto problem = check_texts({{"agent_id", command.agent_id}})) return *problem;
  if (state.status == DeliveryStatus::assigned && state.agent_id == command.agent_id) return {};
  const auto* const agent = others.find<Agent>(command.agent_id);
  if (agent != nullptr && !agent->is_active) return refuse("agent_inactive", "the agent is not active");
  return DeliveryAssigned{command.agent_id, command.notes};
}

Delivery::Decision Delivery::decide(const State& state, const DepartDelivery& command) {
  if (auto problem = unless(state, {DeliveryStatus::assigned}, "depart")) return *problem;
  if (auto problem = check_coordinates(command.longitude, command.latitude)) return *problem;
  return DeliveryDeparted{command.longitude, command.latitude, command.notes};
}

Delivery::Decision Delivery::decide(const State& state, const TrackDelivery& command) {
  if (auto problem = unless(state, until_over, "be tracked")) return *problem;
  if (auto problem = check_texts({{"status", command.status}})) return *problem;
  if (auto problem = check_coordinates(command.longitude, command.latitude)) return *problem;
  return DeliveryTracked{command.status, command.longitude, command.latitude, command.notes};
}

Delivery::Decision Delivery::decide(const State& state, const CompleteDelivery& command, const Context& context) {
  if (auto problem = unless(state, {DeliveryStatus::in_transit}, "be completed")) return *problem;
  if (auto problem = check_coordinates(command.longitude, command.latitude)) return *problem;
  return DeliveryCompleted{context.now, command.longitude, command.latitude, command.notes};
}

Delivery::Decision Delivery::decide(const State& state, const FailDelivery& command) {
  if (auto problem = unless(state, {DeliveryStatus::assigned, DeliveryStatus::in_transit}, "fail")) return *problem;
  if (auto problem = check_texts({{"reason", command.reason}})) return *problem;
  if (auto problem = check_coordinates(command.longitude, command.latitude)) return *problem;
  return DeliveryFailed{command.reason, command.longitude, command.latitude};
}

Delivery::Decision Delivery::decide(const State& state, const RetryDelivery& command) {
  if (auto problem = unless(state, {DeliveryStatus::failed}, "be retried")) return *problem;
  if (state.retry_count >= state.max_retries)
    return refuse("no_retries_left", "no retry is left: " + std::to_string(state.retry_count) + " of " +
                                         std::to_string(state.max_retries) + " used");
  return DeliveryRetried{command.scheduled_time, state.retry_count + 1};
}

Delivery::Decision Delivery::decide(const State& state, const CancelDelivery& command) {
  if (auto problem = unless(state, until_over, "be cancelled")) return *problem;
  return DeliveryCancelled{command.reason};
}

Delivery::Decision Delivery::decide(const State& state, const LinkDeliveryCall& command) {
  if (!command.call_log_id && !command.recording_id)
    return refuse("nothing_to_link", "give a call_log_id, a recording_id or both");
  if (auto problem = check_texts({{"call_log_id", command.call_log_id.value_or("none")},
                                  {"recording_id", command.recording_id.value_or("none")}}))
    return *problem;
  const bool linked = (!command.call_log_id || command.call_log_id == state.call_log_id) &&
                      (!command.recording_id || command.recording_id == state.recording_id);
  if (linked) return {};
  return DeliveryCallLinked{command.call_log_id, command.recording_id};
}

Delivery::Decision Delivery::decide(const State& state, const GiveDeliveryFeedback& command) {
  if (auto problem = unless(state, {DeliveryStatus::completed}, "get feedback")) return *problem;
  if (command.rating < 1 || command.rating > 5) return refuse("bad_rating", "a rating is from 1 to 5");
  return DeliveryFeedbackReceived{command.rating, command.comments};
}

}  // namespace domain
