#pragma once
// What can be asked of a conversation. A command carries its event's data, less what the state or the clock knows.
#include <aggregates/conversation/events.hpp>

namespace domain {

/// Opens the stream.
struct OpenConversation {
  EVENTSTORE_COMMAND(OpenConversation, "open", (std::string, contact_id), (Channel, channel, Channel::whatsapp),
                     (std::optional<std::string>, agent_id));
};

struct AssignConversation {
  EVENTSTORE_COMMAND(AssignConversation, "assign", (std::string, agent_id));
};

struct SendMessage {
  EVENTSTORE_COMMAND(SendMessage, "send_message", (std::string, message_id), (std::string, sender_id),
                     (std::string, receiver_id), (std::optional<std::string>, message_content, , eventstore::personal),
                     (MessageType, message_type, MessageType::text),
                     (std::optional<std::string>, media_url, , eventstore::personal),
                     (std::optional<std::string>, campaign_id), (std::optional<std::string>, agent_id),
                     (std::optional<eventstore::Json>, metadata, , eventstore::personal),
                     (std::optional<std::string>, provider_message_id, , eventstore::personal),
                     (std::optional<std::string>, participant_id), (std::optional<std::string>, in_reply_to));
};

/// Opens the conversation with the contact where there is none yet, and sends the campaign's message into it. There is
/// nothing to do where the conversation has a message of that id.
struct SendCampaignMessage {
  EVENTSTORE_COMMAND(SendCampaignMessage, "send_campaign_message", (std::string, contact_id),
                     (Channel, channel, Channel::whatsapp), (std::string, campaign_id), (std::string, message_id),
                     (std::string, message_content, , eventstore::personal));
};

struct ReceiveMessage {
  EVENTSTORE_COMMAND(ReceiveMessage, "receive_message", (std::string, message_id), (std::string, sender_id),
                     (std::string, receiver_id), (std::optional<std::string>, message_content, , eventstore::personal),
                     (MessageType, message_type, MessageType::text),
                     (std::optional<std::string>, media_url, , eventstore::personal),
                     (std::optional<std::string>, campaign_id), (std::optional<std::string>, agent_id),
                     (std::optional<eventstore::Json>, metadata, , eventstore::personal),
                     (std::optional<std::string>, provider_message_id, , eventstore::personal),
                     (std::optional<std::string>, participant_id), (std::optional<std::string>, in_reply_to));
};

struct MarkMessageDelivered {
  EVENTSTORE_COMMAND(MarkMessageDelivered, "mark_delivered", (std::string, message_id),
                     (std::optional<eventstore::Json>, metadata, , eventstore::personal));
};

struct MarkMessageRead {
  EVENTSTORE_COMMAND(MarkMessageRead, "mark_read", (std::string, message_id),
                     (std::optional<eventstore::Json>, metadata, , eventstore::personal));
};

struct MarkMessagePlayed {
  EVENTSTORE_COMMAND(MarkMessagePlayed, "mark_played", (std::string, message_id),
                     (std::optional<eventstore::Json>, metadata, , eventstore::personal));
};

struct MarkMessageFailed {
  EVENTSTORE_COMMAND(MarkMessageFailed, "mark_failed", (std::string, message_id),
                     (std::optional<std::string>, error_code, , eventstore::also_read_number),
                     (std::optional<std::string>, error_message, , eventstore::personal),
                     (std::optional<std::string>, error_title, , eventstore::personal),
                     (std::optional<eventstore::Json>, metadata, , eventstore::personal));
};

struct EditMessage {
  EVENTSTORE_COMMAND(EditMessage, "edit_message", (std::string, message_id),
                     (std::optional<std::string>, message_content, , eventstore::personal),
                     (std::optional<std::string>, media_url, , eventstore::personal));
};

struct RevokeMessage {
  EVENTSTORE_COMMAND(RevokeMessage, "revoke_message", (std::string, message_id));
};

/// Without emoji, takes the sender's sign away.
struct ReactToMessage {
  EVENTSTORE_COMMAND(ReactToMessage, "react_to_message", (std::string, message_id), (std::string, sender_id),
                     (std::optional<std::string>, emoji, , eventstore::personal));
};

struct OptOutOfConversation {
  EVENTSTORE_COMMAND(OptOutOfConversation, "opt_out", (std::optional<std::string>, message_id),
                     (std::optional<std::string>, reason, , eventstore::personal));
};

struct OptInToConversation {
  EVENTSTORE_COMMAND(OptInToConversation, "opt_in", (std::optional<std::string>, message_id),
                     (std::optional<std::string>, reason, , eventstore::personal));
};

/// agent_id: who waits, where that is not the agent whom the conversation is assigned to.
struct WaitInConversation {
  EVENTSTORE_COMMAND(WaitInConversation, "wait", (std::optional<std::string>, reason, , eventstore::personal),
                     (std::optional<std::string>, agent_id));
};

/// agent_id: to whom it goes.
struct EscalateConversation {
  EVENTSTORE_COMMAND(EscalateConversation, "escalate", (std::optional<std::string>, reason, , eventstore::personal),
                     (std::optional<std::string>, agent_id));
};

/// agent_id: who resolves it, where that is not the agent whom it is assigned to.
struct ResolveConversation {
  EVENTSTORE_COMMAND(ResolveConversation, "resolve", (std::optional<std::string>, reason, , eventstore::personal),
                     (std::optional<std::string>, agent_id));
};

/// agent_id: who closes it, where that is not the agent whom it is assigned to.
struct CloseConversation {
  EVENTSTORE_COMMAND(CloseConversation, "close", (std::optional<std::string>, reason, , eventstore::personal),
                     (std::optional<std::string>, agent_id));
};

struct ReopenConversation {
  EVENTSTORE_COMMAND(ReopenConversation, "reopen", (std::optional<std::string>, reason, , eventstore::personal));
};

struct DeleteConversation {
  EVENTSTORE_COMMAND(DeleteConversation, "delete", (std::optional<std::string>, reason, , eventstore::personal));
};

}  // namespace domain
