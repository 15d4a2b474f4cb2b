#pragma once
// What happens in a conversation with one contact or one group, whom the personal fields are about, whoever wrote them:
// ids of senders, receivers and participants name nobody. What a provider says of a failed message has the contact's
// phone in it, and so has a provider's message id.
#include <aggregates/common/channel.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/schema/fields.hpp>
#include <eventstore/schema/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace domain {

/// `unsupported`: of a kind that the provider does not hand over, or that this list does not have.
EVENTSTORE_ENUM(MessageType, text, image, document, audio, video, sticker, reaction, location, contacts, order,
                interactive, button, template_, system, unsupported);

struct ConversationOpened {
  EVENTSTORE_EVENT(ConversationOpened, (std::string, contact_id, , eventstore::refers_to("contact")),
                   (Channel, channel, Channel::whatsapp),
                   (std::optional<std::string>, agent_id, , eventstore::refers_to("agent")));
};

struct ConversationAssigned {
  EVENTSTORE_EVENT(ConversationAssigned, (std::string, agent_id, , eventstore::refers_to("agent")));
};

// message_content is absent where a message has no text: media without a caption, a sticker, a place. metadata has what
// the provider tells besides. provider_message_id is the id that the provider gave the message: a message that comes
// twice under it is one message. participant_id is who of a group wrote it. in_reply_to is the message that it answers.
struct MessageSent {
  EVENTSTORE_EVENT(MessageSent, (std::string, message_id), (std::string, sender_id), (std::string, receiver_id),
                   (std::optional<std::string>, message_content, , eventstore::personal),
                   (MessageType, message_type, MessageType::text),
                   (std::optional<std::string>, media_url, , eventstore::personal),
                   (std::optional<std::string>, campaign_id, , eventstore::refers_to("campaign")),
                   (std::optional<std::string>, agent_id, , eventstore::refers_to("agent")),
                   (std::optional<eventstore::Json>, metadata, , eventstore::personal),
                   (std::optional<std::string>, provider_message_id, , eventstore::personal),
                   (std::optional<std::string>, participant_id), (std::optional<std::string>, in_reply_to));
};

struct MessageReceived {
  EVENTSTORE_EVENT(MessageReceived, (std::string, message_id), (std::string, sender_id), (std::string, receiver_id),
                   (std::optional<std::string>, message_content, , eventstore::personal),
                   (MessageType, message_type, MessageType::text),
                   (std::optional<std::string>, media_url, , eventstore::personal),
                   (std::optional<std::string>, campaign_id, , eventstore::refers_to("campaign")),
                   (std::optional<std::string>, agent_id, , eventstore::refers_to("agent")),
                   (std::optional<eventstore::Json>, metadata, , eventstore::personal),
                   (std::optional<std::string>, provider_message_id, , eventstore::personal),
                   (std::optional<std::string>, participant_id), (std::optional<std::string>, in_reply_to));
};

/// The provider has taken the message over, to deliver it: WhatsApp's status `sent`. It changes no status.
struct MessageAccepted {
  EVENTSTORE_EVENT(MessageAccepted, (std::string, message_id),
                   (std::optional<eventstore::Json>, metadata, , eventstore::personal));
};

// metadata of a status has what the provider tells with it: its price, the category of the conversation, who of a
// group it is about.
struct MessageDelivered {
  EVENTSTORE_EVENT(MessageDelivered, (std::string, message_id),
                   (std::optional<eventstore::Json>, metadata, , eventstore::personal));
};

struct MessageRead {
  EVENTSTORE_EVENT(MessageRead, (std::string, message_id),
                   (std::optional<eventstore::Json>, metadata, , eventstore::personal));
};

/// The contact has listened to a voice message.
struct MessagePlayed {
  EVENTSTORE_EVENT(MessagePlayed, (std::string, message_id),
                   (std::optional<eventstore::Json>, metadata, , eventstore::personal));
};

/// error_code is the provider's, a word or a number: both are kept as text. error_title names the error in few words.
struct MessageFailed {
  EVENTSTORE_EVENT(MessageFailed, (std::string, message_id),
                   (std::optional<std::string>, error_code, , eventstore::also_read_number),
                   (std::optional<std::string>, error_message, , eventstore::personal),
                   (std::optional<std::string>, error_title, , eventstore::personal),
                   (std::optional<eventstore::Json>, metadata, , eventstore::personal));
};

/// Its author has written the message anew. What is absent stays as it was.
struct MessageEdited {
  EVENTSTORE_EVENT(MessageEdited, (std::string, message_id),
                   (std::optional<std::string>, message_content, , eventstore::personal),
                   (std::optional<std::string>, media_url, , eventstore::personal),
                   (std::optional<eventstore::Json>, metadata, , eventstore::personal));
};

/// Its author has deleted the message for everybody. What it said stays in the history, until the contact is erased.
struct MessageRevoked {
  EVENTSTORE_EVENT(MessageRevoked, (std::string, message_id),
                   (std::optional<eventstore::Json>, metadata, , eventstore::personal));
};

/// Somebody answers a message with a sign; without emoji, takes their sign away.
struct MessageReacted {
  EVENTSTORE_EVENT(MessageReacted, (std::string, message_id), (std::string, sender_id),
                   (std::optional<std::string>, emoji, , eventstore::personal),
                   (std::optional<eventstore::Json>, metadata, , eventstore::personal));
};

/// The contact wants no more messages that they have not asked for. message_id: the message that says so.
struct ConversationOptedOut {
  EVENTSTORE_EVENT(ConversationOptedOut, (std::optional<std::string>, message_id),
                   (std::optional<std::string>, reason, , eventstore::personal));
};

struct ConversationOptedIn {
  EVENTSTORE_EVENT(ConversationOptedIn, (std::optional<std::string>, message_id),
                   (std::optional<std::string>, reason, , eventstore::personal));
};

/// It is the contact's turn: nothing can be done before they answer.
struct ConversationWaiting {
  EVENTSTORE_EVENT(ConversationWaiting, (std::optional<std::string>, reason, , eventstore::personal),
                   (std::optional<std::string>, agent_id, , eventstore::refers_to("agent")));
};

/// Those who know more take it over. agent_id: to whom it goes, where that is known.
struct ConversationEscalated {
  EVENTSTORE_EVENT(ConversationEscalated, (std::optional<std::string>, reason, , eventstore::personal),
                   (std::optional<std::string>, agent_id, , eventstore::refers_to("agent")));
};

/// The matter is settled, unless the contact writes again. agent_id: who settled it.
struct ConversationResolved {
  EVENTSTORE_EVENT(ConversationResolved, (std::optional<std::string>, reason, , eventstore::personal),
                   (std::optional<std::string>, agent_id, , eventstore::refers_to("agent")));
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
