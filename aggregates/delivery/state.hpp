#pragma once
// What is known about a delivery after its events.
#include <aggregates/common/coordinates.hpp>
#include <aggregates/delivery/events.hpp>
#include <eventstore/schema/list.hpp>

namespace domain {

EVENTSTORE_ENUM(DeliveryStatus, scheduled, assigned, in_transit, completed, failed, cancelled);

/// A step on the way: a new status of the delivery, or what DeliveryTracked said.
struct TrackingEvent {
  EVENTSTORE_FIELDS(TrackingEvent, (std::string, status), (eventstore::Timestamp, timestamp),
                    (std::optional<Coordinates>, location, , eventstore::personal),
                    (std::optional<std::string>, notes, , eventstore::personal));
};

struct CustomerFeedback {
  EVENTSTORE_FIELDS(CustomerFeedback, (std::int64_t, rating),
                    (std::optional<std::string>, comments, , eventstore::personal));
};

/// An end of a delivery that is not scheduled yet, with what is known of it then.
struct EarlyEnd {
  EVENTSTORE_FIELDS(EarlyEnd, (DeliveryStatus, status), (std::optional<std::string>, agent_id),
                    (std::optional<DeliveryPriority>, priority));
};

/// What the schedule, which comes later, must not take back, and what is counted with it.
struct EarlyDelivery {
  EVENTSTORE_FIELDS(EarlyDelivery, (std::optional<eventstore::Timestamp>, scheduled_time),
                    (std::optional<DeliveryPriority>, priority), (eventstore::List<EarlyEnd>, ends));
};

struct DeliveryState {
  // early is absent once the delivery is scheduled. A delivery that has no customer is not scheduled yet.
  EVENTSTORE_FIELDS(DeliveryState, (std::string, customer_id), (std::optional<std::string>, agent_id),
                    (std::string, address, , eventstore::personal),
                    (std::optional<Coordinates>, coordinates, , eventstore::personal),
                    (eventstore::Timestamp, scheduled_time), (std::int64_t, estimated_duration, 30),
                    (DeliveryStatus, status, DeliveryStatus::scheduled),
                    (DeliveryPriority, priority, DeliveryPriority::normal),
                    (std::optional<PackageDetails>, package_details),
                    (eventstore::List<TrackingEvent>, tracking_events),
                    (std::optional<eventstore::Timestamp>, actual_delivery_time),
                    (std::optional<CustomerFeedback>, customer_feedback), (std::optional<std::string>, call_log_id),
                    (std::optional<std::string>, recording_id), (std::int64_t, retry_count),
                    (std::int64_t, max_retries, 3), (std::optional<EarlyDelivery>, early, , eventstore::bookkeeping));
};

/// Whether the schedule is still to come.
inline bool is_early(const DeliveryState& state) { return state.customer_id.empty(); }

}  // namespace domain
