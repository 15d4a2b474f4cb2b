#pragma once
// What is known about a conversation after its events.
#include <aggregates/common/counts.hpp>
#include <aggregates/conversation/events.hpp>
#include <eventstore/schema/list.hpp>
#include <eventstore/schema/map.hpp>

namespace domain {

EVENTSTORE_ENUM(ConversationStatus, open, closed);
EVENTSTORE_ENUM(MessageStatus, sent, delivered, read, failed);

/// Message id -> how far it has come.
using MessageStatuses = eventstore::Map<MessageStatus>;
/// Status -> number of messages; statuses that no message has are left out.
using StatusCounts = Counts;
/// Message id -> its campaign, for messages that belong to one.
using MessageCampaigns = eventstore::Map<std::string>;

/// A status of a message that is not there yet.
struct EarlyStatus {
  EVENTSTORE_FIELDS(EarlyStatus, (std::string, message_id), (MessageStatus, status));
};
/// In the order in which they came; early_statuses.hpp has the rules.
using EarlyStatuses = eventstore::List<EarlyStatus>;

struct ConversationState {
  // message_campaigns is here because a status, which names only its message, is counted for the message's campaign;
  // deleted_at because nothing may follow a deletion. early_statuses is absent while none waits.
  EVENTSTORE_FIELDS(ConversationState, (std::string, contact_id), (Channel, channel, Channel::whatsapp),
                    (std::optional<std::string>, agent_id), (ConversationStatus, status, ConversationStatus::open),
                    (MessageStatuses, messages), (StatusCounts, counts), (MessageCampaigns, message_campaigns),
                    (std::optional<eventstore::Timestamp>, opened_at),
                    (std::optional<eventstore::Timestamp>, closed_at),
                    (std::optional<std::int64_t>, resolution_time_seconds),
                    (std::optional<eventstore::Timestamp>, deleted_at),
                    (std::optional<EarlyStatuses>, early_statuses, , eventstore::bookkeeping));
};

}  // namespace domain
