#pragma once
// What happens to a delivery, from its schedule to the customer's opinion. Its personal fields are about the customer;
// reasons are among them, because people write into them what they met at the door.
#include <aggregates/delivery/package.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/schema/enum.hpp>

#include <cstdint>

namespace domain {

/// By rank: low is 0, urgent is 3.
EVENTSTORE_ENUM(DeliveryPriority, low, normal, high, urgent);

struct DeliveryScheduled {
  EVENTSTORE_EVENT(DeliveryScheduled, (std::string, customer_id, , eventstore::refers_to("customer")),
                   (std::string, address, , eventstore::personal),
                   (std::optional<double>, longitude, , eventstore::personal),
                   (std::optional<double>, latitude, , eventstore::personal), (eventstore::Timestamp, scheduled_time),
                   (std::int64_t, estimated_duration, 30), (DeliveryPriority, priority, DeliveryPriority::normal),
                   (std::int64_t, max_retries, 3), (std::optional<PackageDetails>, package_details));
};

struct DeliveryRescheduled {
  EVENTSTORE_EVENT(DeliveryRescheduled, (eventstore::Timestamp, scheduled_time),
                   (std::optional<std::string>, reason, , eventstore::personal));
};

struct DeliveryPriorityChanged {
  EVENTSTORE_EVENT(DeliveryPriorityChanged, (DeliveryPriority, priority));
};

struct DeliveryAssigned {
  EVENTSTORE_EVENT(DeliveryAssigned, (std::string, agent_id, , eventstore::refers_to("agent")),
                   (std::optional<std::string>, notes, , eventstore::personal));
};

struct DeliveryDeparted {
  EVENTSTORE_EVENT(DeliveryDeparted, (std::optional<double>, longitude, , eventstore::personal),
                   (std::optional<double>, latitude, , eventstore::personal),
                   (std::optional<std::string>, notes, , eventstore::personal));
};

/// `status` is free text, such as "at the depot"; the delivery's own status stays what it is.
struct DeliveryTracked {
  EVENTSTORE_EVENT(DeliveryTracked, (std::string, status), (std::optional<double>, longitude, , eventstore::personal),
                   (std::optional<double>, latitude, , eventstore::personal),
                   (std::optional<std::string>, notes, , eventstore::personal));
};

struct DeliveryCompleted {
  EVENTSTORE_EVENT(DeliveryCompleted, (eventstore::Timestamp, actual_delivery_time),
                   (std::optional<double>, longitude, , eventstore::personal),
                   (std::optional<double>, latitude, , eventstore::personal),
                   (std::optional<std::string>, notes, , eventstore::personal));
};

struct DeliveryFailed {
  EVENTSTORE_EVENT(DeliveryFailed, (std::string, reason, , eventstore::personal),
                   (std::optional<double>, longitude, , eventstore::personal),
                   (std::optional<double>, latitude, , eventstore::personal));
};

struct DeliveryRetried {
  EVENTSTORE_EVENT(DeliveryRetried, (eventstore::Timestamp, scheduled_time), (std::int64_t, retry_count));
};

struct DeliveryCancelled {
  EVENTSTORE_EVENT(DeliveryCancelled, (std::optional<std::string>, reason, , eventstore::personal));
};

struct DeliveryCallLinked {
  EVENTSTORE_EVENT(DeliveryCallLinked, (std::optional<std::string>, call_log_id, , eventstore::refers_to("call")),
                   (std::optional<std::string>, recording_id, , eventstore::refers_to("recording")));
};

struct DeliveryFeedbackReceived {
  EVENTSTORE_EVENT(DeliveryFeedbackReceived, (std::int64_t, rating),
                   (std::optional<std::string>, comments, , eventstore::personal));
};

}  // namespace domain
