// Commands about messages.
#include <aggregates/conversation/conversation.hpp>
#include <aggregates/conversation/decide_rules.hpp>
#include <aggregates/conversation/early_statuses.hpp>
#include <aggregates/conversation/message_changes.hpp>
#include <aggregates/conversation/message_status.hpp>
#include <aggregates/conversation/opt_out_words.hpp>

namespace domain {
namespace {

using eventstore::Refusal;
using eventstore::refuse;

bool is_empty(const std::optional<std::string>& text) { return !text || text->empty(); }

// Whether messages of this type say something without text and without an address of a file. What they say stands in
// the metadata, as the provider told it.
bool says_something_by_itself(MessageType type) {
  switch (type) {
    case MessageType::location:
    case MessageType::contacts:
    case MessageType::order:
    case MessageType::interactive:
    case MessageType::template_:
    case MessageType::reaction:
    case MessageType::system:
    case MessageType::unsupported: return true;
    case MessageType::text:
    case MessageType::button:
    case MessageType::image:
    case MessageType::document:
    case MessageType::audio:
    case MessageType::video:
    case MessageType::sticker: break;
  }
  return false;
}

bool is_file(MessageType type) {
  return type != MessageType::text && type != MessageType::button && !says_something_by_itself(type);
}

// The rules for commands that send and commands that receive. Media may come without text, and text without media;
// where the provider keeps a file, the metadata names it.
template <class Message> std::optional<Refusal> check_message(const Message& message) {
  if (auto problem = check_texts({{"message_id", message.message_id},
                                  {"sender_id", message.sender_id},
                                  {"receiver_id", message.receiver_id},
                                  {"provider_message_id", message.provider_message_id.value_or("none")},
                                  {"participant_id", message.participant_id.value_or("none")},
                                  {"in_reply_to", message.in_reply_to.value_or("none")}}))
    return problem;
  const bool has_content = !is_empty(message.message_content) || !is_empty(message.media_url);
  if (has_content || says_something_by_itself(message.message_type)) return std::nullopt;
  if (is_file(message.message_type) && message.metadata) return std::nullopt;
  return refuse("empty_message",
                "a message has message_content or a media_url: a file that the provider keeps may have metadata that "
                "names it instead");
}

template <class Event, class Message> Event message_event(const Message& from) {
  return Event{from.message_id,   from.sender_id,           from.receiver_id,    from.message_content,
               from.message_type, from.media_url,           from.campaign_id,    from.agent_id,
               from.metadata,     from.provider_message_id, from.participant_id, from.in_reply_to};
}

template <class Event>
Conversation::Decision change_status(const ConversationState& state, MessageStatus next, const Event& event) {
  if (auto problem = if_deleted(state)) return *problem;
  if (auto problem = check_texts({{"message_id", event.message_id}})) return *problem;
  const auto message = state.messages.find(known_message_id(state, event.message_id));
  const bool is_there = message != state.messages.end();
  // What comes before its message waits for it.
  const bool is_news = is_there ? may_follow(message->second, next) : gets_further_early(state, event.message_id, next);
  if (!is_news) return {};
  return event;
}

std::optional<Refusal> unless_changeable(const ConversationState& state, const std::string& message_id,
                                         std::string_view cannot) {
  if (auto problem = if_deleted(state)) return problem;
  if (auto problem = check_texts({{"message_id", message_id}})) return problem;
  if (is_revoked(state, message_id)) return refuse("revoked", "a revoked message cannot " + std::string{cannot});
  return std::nullopt;
}

}  // namespace

Conversation::Decision Conversation::decide(const State& state, const SendMessage& command) {
  if (auto problem = unless(state, until_closed, "send messages")) return *problem;
  if (auto problem = check_message(command)) return *problem;
  if (state.messages.contains(command.message_id))
    return refuse("duplicate_message", "the conversation has a message " + command.message_id + " already");
  if (has_message(state, names_of(command))) return {};
  if (command.campaign_id && state.opted_out_at)
    return refuse("opted_out", "the contact has opted out of messages that they have not asked for");
  return message_event<MessageSent>(command);
}

Conversation::Decision Conversation::decide(const State* state, const SendCampaignMessage& command) {
  const ConversationState none{};
  const auto& known = state == nullptr ? none : *state;
  if (auto problem = if_deleted(known)) return *problem;
  if (auto problem = check_texts({{"contact_id", command.contact_id},
                                  {"campaign_id", command.campaign_id},
                                  {"message_id", command.message_id},
                                  {"message_content", command.message_content}}))
    return *problem;
  if (known.messages.contains(command.message_id) || known.opted_out_at) return {};
  if (auto problem = unless(known, until_closed, "send messages")) return *problem;
  MessageSent sent{};
  sent.message_id = command.message_id;
  sent.sender_id = command.campaign_id;
  sent.receiver_id = command.contact_id;
  sent.message_content = command.message_content;
  sent.campaign_id = command.campaign_id;
  if (known.opened_at) return sent;
  return {ConversationOpened{command.contact_id, command.channel, std::nullopt}, sent};
}

Conversation::Decision Conversation::decide(const State& state, const ReceiveMessage& command) {
  if (auto problem = if_deleted(state)) return *problem;
  if (auto problem = check_message(command)) return *problem;
  if (has_message(state, names_of(command))) return {};
  auto received = message_event<MessageReceived>(command);
  const bool is_plain = command.message_type == MessageType::text || command.message_type == MessageType::button;
  if (!is_plain || state.opted_out_at || !asks_for_no_more(command.message_content.value_or(""))) return received;
  return {std::move(received), ConversationOptedOut{command.message_id, command.message_content}};
}

Conversation::Decision Conversation::decide(const State& state, const MarkMessageDelivered& command) {
  return change_status(state, MessageStatus::delivered, MessageDelivered{command.message_id, command.metadata});
}

Conversation::Decision Conversation::decide(const State& state, const MarkMessageRead& command) {
  return change_status(state, MessageStatus::read, MessageRead{command.message_id, command.metadata});
}

Conversation::Decision Conversation::decide(const State& state, const MarkMessagePlayed& command) {
  return change_status(state, MessageStatus::played, MessagePlayed{command.message_id, command.metadata});
}

Conversation::Decision Conversation::decide(const State& state, const MarkMessageFailed& command) {
  return change_status(state, MessageStatus::failed,
                       MessageFailed{command.message_id, command.error_code, command.error_message, command.error_title,
                                     command.metadata});
}

Conversation::Decision Conversation::decide(const State& state, const EditMessage& command) {
  if (auto problem = unless_changeable(state, command.message_id, "be edited")) return *problem;
  if (is_empty(command.message_content) && is_empty(command.media_url))
    return refuse("empty_message", "an edit gives a message_content or a media_url");
  return MessageEdited{command.message_id, command.message_content, command.media_url, {}};
}

Conversation::Decision Conversation::decide(const State& state, const RevokeMessage& command) {
  if (auto problem = if_deleted(state)) return *problem;
  if (auto problem = check_texts({{"message_id", command.message_id}})) return *problem;
  if (is_revoked(state, command.message_id)) return {};
  return MessageRevoked{command.message_id, {}};
}

Conversation::Decision Conversation::decide(const State& state, const ReactToMessage& command) {
  if (auto problem = unless_changeable(state, command.message_id, "be reacted to")) return *problem;
  if (auto problem = check_texts({{"sender_id", command.sender_id}})) return *problem;
  const auto* const now = reaction_of(state, command.message_id, command.sender_id);
  const bool takes_away = is_empty(command.emoji);
  if (takes_away ? now == nullptr : now != nullptr && *now == *command.emoji) return {};
  return MessageReacted{command.message_id, command.sender_id, takes_away ? std::nullopt : command.emoji, {}};
}

}  // namespace domain
