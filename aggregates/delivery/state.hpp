#pragma once
// What is known about a delivery after its events.
#include <aggregates/common/coordinates.hpp>
#include <aggregates/delivery/events.hpp>

#include <vector>

namespace domain {

EVENTSTORE_ENUM(DeliveryStatus, scheduled, assigned, in_transit, completed, failed, cancelled);

/// A step on the way: a new status of the delivery, or what DeliveryTracked said.
struct TrackingEvent {
  EVENTSTORE_FIELDS(TrackingEvent, (std::string, status), (eventstore::Timestamp, timestamp),
                    (std::optional<Coordinates>, location), (std::optional<std::string>, notes));
};

struct CustomerFeedback {
  EVENTSTORE_FIELDS(CustomerFeedback, (std::int64_t, rating), (std::optional<std::string>, comments));
};

struct DeliveryState {
  EVENTSTORE_FIELDS(DeliveryState, (std::string, customer_id), (std::optional<std::string>, agent_id),
                    (std::string, address), (std::optional<Coordinates>, coordinates),
                    (eventstore::Timestamp, scheduled_time), (std::int64_t, estimated_duration, 30),
                    (DeliveryStatus, status, DeliveryStatus::scheduled),
                    (DeliveryPriority, priority, DeliveryPriority::normal),
                    (std::optional<PackageDetails>, package_details), (std::vector<TrackingEvent>, tracking_events),
                    (std::optional<eventstore::Timestamp>, actual_delivery_time),
                    (std::optional<CustomerFeedback>, customer_feedback), (std::optional<std::string>, call_log_id),
                    (std::optional<std::string>, recording_id), (std::int64_t, retry_count),
                    (std::int64_t, max_retries, 3));
};

}  // namespace domain
