#pragma once
// What happens in a conversation with one contact, whom the personal fields are about, whoever wrote them: ids of
// senders and receivers name nobody. What a provider says of a failed message has the contact's phone in it.
#include <aggregates/common/channel.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/schema/fields.hpp>
#include <eventstore/schema/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace domain {

EVENTSTORE_ENUM(MessageType, text, image, document, audio, video);

struct ConversationOpened {
  EVENTSTORE_EVENT(ConversationOpened, (std::string, contact_id, , eventstore::refers_to("contact")),
                   (Channel, channel, Channel::whatsapp),
                   (std::optional<std::string>, agent_id, , eventstore::refers_to("agent")));
};

struct ConversationAssigned {
  EVENTSTORE_EVENT(ConversationAssigned, (std::string, agent_id, , eventstore::refers_to("agent")));
};

struct MessageSent {
  EVENTSTORE_EVENT(MessageSent, (std::string, message_id), (std::string, sender_id), (std::string, receiver_id),
                   (std::string, message_content, , eventstore::personal),
                   (MessageType, message_type, MessageType::text),
                   (std::optional<std::string>, media_url, , eventstore::personal),
                   (std::optional<std::string>, campaign_id, , eventstore::refers_to("campaign")),
                   (std::optional<std::string>, agent_id, , eventstore::refers_to("agent")),
                   (std::optional<eventstore::Json>, metadata, , eventstore::personal));
};

struct MessageReceived {
  EVENTSTORE_EVENT(MessageReceived, (std::string, message_id), (std::string, sender_id), (std::string, receiver_id),
                   (std::string, message_content, , eventstore::personal),
                   (MessageType, message_type, MessageType::text),
                   (std::optional<std::string>, media_url, , eventstore::personal),
                   (std::optional<std::string>, campaign_id, , eventstore::refers_to("campaign")),
                   (std::optional<std::string>, agent_id, , eventstore::refers_to("agent")),
                   (std::optional<eventstore::Json>, metadata, , eventstore::personal));
};

struct MessageDelivered {
  EVENTSTORE_EVENT(MessageDelivered, (std::string, message_id));
};

struct MessageRead {
  EVENTSTORE_EVENT(MessageRead, (std::string, message_id));
};

struct MessageFailed {
  EVENTSTORE_EVENT(MessageFailed, (std::string, message_id), (std::optional<std::string>, error_code),
                   (std::optional<std::string>, error_message, , eventstore::personal));
};

struct ConversationClosed {
  EVENTSTORE_EVENT(ConversationClosed, (std::optional<std::string>, reason, , eventstore::personal),
                   (std::int64_t, resolution_time_seconds),
                   (std::optional<std::string>, agent_id, , eventstore::refers_to("agent")));
};

struct ConversationReopened {
  EVENTSTORE_EVENT(ConversationReopened, (std::optional<std::string>, reason, , eventstore::personal));
};

struct ConversationDeleted {
  static constexpr std::string_view audit_action = "delete";
  EVENTSTORE_EVENT(ConversationDeleted, (std::optional<std::string>, reason, , eventstore::personal));
};

}  // namespace domain
