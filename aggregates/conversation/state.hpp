#pragma once
// What is known about a conversation after its events.
#include <aggregates/common/counts.hpp>
#include <aggregates/conversation/events.hpp>
#include <eventstore/schema/list.hpp>
#include <eventstore/schema/map.hpp>

#include <map>

namespace domain {

EVENTSTORE_ENUM(ConversationStatus, open, closed, waiting, resolved, escalated);
EVENTSTORE_ENUM(MessageStatus, sent, delivered, read, failed, played);

/// Message id -> how far it has come.
using MessageStatuses = eventstore::Map<MessageStatus>;
/// Status -> number of messages; statuses that no message has are left out.
using StatusCounts = Counts;
/// UUIDv5 of the provider's message id -> message id, for messages whose own id is another (message_ids.hpp).
using MessageAliases = eventstore::Map<std::string>;
/// Message id -> its campaign, for messages that belong to one.
using MessageCampaigns = eventstore::Map<std::string>;

/// A status of a message that is not there yet, with what the provider told besides. `sent` is one that the provider
/// has accepted.
struct EarlyStatus {
  EVENTSTORE_FIELDS(EarlyStatus, (std::string, message_id), (MessageStatus, status),
                    (std::optional<std::string>, error_code),
                    (std::optional<std::string>, error_message, , eventstore::personal),
                    (std::optional<std::string>, error_title, , eventstore::personal),
                    (std::optional<eventstore::Json>, metadata, , eventstore::personal));
};
/// In the order in which they came; early_statuses.hpp has the rules.
using EarlyStatuses = eventstore::List<EarlyStatus>;

/// The sign of one person; none where they took it away.
struct MessageReaction {
  EVENTSTORE_FIELDS(MessageReaction, (std::optional<std::string>, emoji), (eventstore::Timestamp, reacted_at));
};
/// Sender -> their newest sign.
using MessageReactions = std::map<std::string, MessageReaction>;

/// What became of a message after it was written; message_changes.hpp has the rules.
struct MessageChange {
  EVENTSTORE_FIELDS(MessageChange, (std::optional<eventstore::Timestamp>, edited_at),
                    (std::optional<eventstore::Timestamp>, revoked_at),
                    (MessageReactions, reactions, MessageReactions{}));
};
/// Message id -> its changes, for messages that have some.
using MessageChanges = eventstore::Map<MessageChange>;

/// The newest edit of a message that is not there yet, which it takes with it when it comes.
struct EarlyChange {
  EVENTSTORE_FIELDS(EarlyChange, (std::string, message_id), (MessageChange, change),
                    (std::optional<std::string>, message_content), (std::optional<std::string>, media_url));
};
using EarlyChanges = eventstore::List<EarlyChange>;

struct ConversationState {
  // message_campaigns is here because a status, which names only its message, is counted for the message's campaign;
  // deleted_at because nothing may follow a deletion. What is optional is absent while there is nothing of the kind.
  // escalated_at and resolved_at stay until the conversation is reopened.
  EVENTSTORE_FIELDS(
      ConversationState, (std::string, contact_id), (Channel, channel, Channel::whatsapp),
      (std::optional<std::string>, agent_id), (ConversationStatus, status, ConversationStatus::open),
      (MessageStatuses, messages), (StatusCounts, counts), (MessageCampaigns, message_campaigns),
      (std::optional<eventstore::Timestamp>, opened_at), (std::optional<eventstore::Timestamp>, closed_at),
      (std::optional<std::int64_t>, resolution_time_seconds), (std::optional<eventstore::Timestamp>, deleted_at),
      (std::optional<EarlyStatuses>, early_statuses, , eventstore::bookkeeping),
      (std::optional<eventstore::Timestamp>, waiting_at), (std::optional<eventstore::Timestamp>, escalated_at),
      (std::optional<eventstore::Timestamp>, resolved_at), (std::optional<eventstore::Timestamp>, opted_out_at),
      (std::optional<MessageChanges>, message_changes, , eventstore::personal),
      (std::optional<MessageAliases>, message_aliases, , eventstore::bookkeeping),
      (std::optional<EarlyChanges>, early_changes, , eventstore::personal | eventstore::bookkeeping));
};

}  // namespace domain
