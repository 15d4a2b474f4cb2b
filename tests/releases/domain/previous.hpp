#pragma once
// The events of the three aggregates as an earlier release of the domain had them, kept here in full.
#include <eventstore/core/timestamp.hpp>
#include <eventstore/schema/enum.hpp>
#include <eventstore/schema/fields.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace domain::previous {

namespace es = eventstore;
using std::string;

EVENTSTORE_ENUM(MessageType, text, image);

// Since then: `budget` removed, `channel` added, the order changed.
struct CampaignCreated {
  EVENTSTORE_EVENT(CampaignCreated, "CampaignCreated", (string, name), (string, content), (double, budget),
                   (string, campaign_id));
};
// `content` is called `text` now.
struct CampaignContentChanged {
  EVENTSTORE_EVENT(CampaignContentChanged, "CampaignContentChanged", (string, content));
};
// Two events now: CampaignContactsAdded and CampaignContactsRemoved.
struct CampaignContactsChanged {
  EVENTSTORE_EVENT(CampaignContactsChanged, "CampaignContactsChanged", (std::vector<string>, added),
                   (std::vector<string>, removed));
};
// `contacts_count` is wider now, `status` added.
struct CampaignExecuted {
  EVENTSTORE_EVENT(CampaignExecuted, "CampaignExecuted", (string, campaign_id), (std::int32_t, contacts_count));
};

// Two events now: ConversationOpened and MessageReceived.
struct ConversationStarted {
  EVENTSTORE_EVENT(ConversationStarted, "ConversationStarted", (string, contact_id), (string, agent_id),
                   (string, message_id), (string, message));
};
// `agent_id` is called `agent` now.
struct ConversationAssigned {
  EVENTSTORE_EVENT(ConversationAssigned, "ConversationAssigned", (string, agent_id));
};
// `labels` removed; four optional fields added; more types of messages.
struct MessageSent {
  EVENTSTORE_EVENT(MessageSent, "MessageSent", (string, receiver_id), (string, sender_id), (string, message_id),
                   (MessageType, message_type), (string, message_content), (std::vector<string>, labels));
};
// `resolution_time_seconds` is wider now, `reason` and `agent_id` added.
struct ConversationClosed {
  EVENTSTORE_EVENT(ConversationClosed, "ConversationClosed", (std::uint32_t, resolution_time_seconds));
};

// `height` removed, `weight` wider and optional now, `fragile` and others added.
struct PackageDetails {
  EVENTSTORE_FIELDS(PackageDetails, (bool, signature_required), (float, weight), (std::int8_t, height));
};
// `estimated_duration` is wider now, `priority` and `max_retries` added.
struct DeliveryScheduled {
  EVENTSTORE_EVENT(DeliveryScheduled, "DeliveryScheduled", (PackageDetails, package_details), (double, latitude),
                   (double, longitude), (es::Timestamp, scheduled_time), (string, address), (string, customer_id),
                   (std::int16_t, estimated_duration));
};
// `scheduled_time` is called `time` now.
struct DeliveryRescheduled {
  EVENTSTORE_EVENT(DeliveryRescheduled, "DeliveryRescheduled", (es::Timestamp, scheduled_time));
};
// Two events now: DeliveryAssigned and DeliveryDeparted.
struct DeliveryDispatched {
  EVENTSTORE_EVENT(DeliveryDispatched, "DeliveryDispatched", (string, agent_id), (double, longitude),
                   (double, latitude));
};
struct DeliveryRetried {
  EVENTSTORE_EVENT(DeliveryRetried, "DeliveryRetried", (std::uint8_t, retry_count), (es::Timestamp, scheduled_time));
};

}  // namespace domain::previous
