#pragma once
// What can be asked of a delivery. A command carries its event's data, less what the state or the clock knows.
#include <aggregates/delivery/events.hpp>

namespace domain {

/// Opens the stream.
struct ScheduleDelivery {
  EVENTSTORE_COMMAND(ScheduleDelivery, "schedule", (std::string, customer_id),
                     (std::string, address, , eventstore::personal),
                     (std::optional<double>, longitude, , eventstore::personal),
                     (std::optional<double>, latitude, , eventstore::personal), (eventstore::Timestamp, scheduled_time),
                     (std::int64_t, estimated_duration, 30), (DeliveryPriority, priority, DeliveryPriority::normal),
                     (std::int64_t, max_retries, 3), (std::optional<PackageDetails>, package_details));
};

struct RescheduleDelivery {
  EVENTSTORE_COMMAND(RescheduleDelivery, "reschedule", (eventstore::Timestamp, scheduled_time),
                     (std::optional<std::string>, reason, , eventstore::personal));
};

struct ChangeDeliveryPriority {
  EVENTSTORE_COMMAND(ChangeDeliveryPriority, "change_priority", (DeliveryPriority, priority));
};

struct AssignDelivery {
  EVENTSTORE_COMMAND(AssignDelivery, "assign", (std::string, agent_id),
                     (std::optional<std::string>, notes, , eventstore::personal));
};

struct DepartDelivery {
  EVENTSTORE_COMMAND(DepartDelivery, "depart", (std::optional<double>, longitude, , eventstore::personal),
                     (std::optional<double>, latitude, , eventstore::personal),
                     (std::optional<std::string>, notes, , eventstore::personal));
};

struct TrackDelivery {
  EVENTSTORE_COMMAND(TrackDelivery, "track", (std::string, status),
                     (std::optional<double>, longitude, , eventstore::personal),
                     (std::optional<double>, latitude, , eventstore::personal),
                     (std::optional<std::string>, notes, , eventstore::personal));
};

struct CompleteDelivery {
  EVENTSTORE_COMMAND(CompleteDelivery, "complete", (std::optional<double>, longitude, , eventstore::personal),
                     (std::optional<double>, latitude, , eventstore::personal),
                     (std::optional<std::string>, notes, , eventstore::personal));
};

struct FailDelivery {
  EVENTSTORE_COMMAND(FailDelivery, "fail", (std::string, reason, , eventstore::personal),
                     (std::optional<double>, longitude, , eventstore::personal),
                     (std::optional<double>, latitude, , eventstore::personal));
};

struct RetryDelivery {
  EVENTSTORE_COMMAND(RetryDelivery, "retry", (eventstore::Timestamp, scheduled_time));
};

struct CancelDelivery {
  EVENTSTORE_COMMAND(CancelDelivery, "cancel", (std::optional<std::string>, reason, , eventstore::personal));
};

struct LinkDeliveryCall {
  EVENTSTORE_COMMAND(LinkDeliveryCall, "link_call", (std::optional<std::string>, call_log_id),
                     (std::optional<std::string>, recording_id));
};

struct GiveDeliveryFeedback {
  EVENTSTORE_COMMAND(GiveDeliveryFeedback, "give_feedback", (std::int64_t, rating),
                     (std::optional<std::string>, comments, , eventstore::personal));
};

}  // namespace domain
