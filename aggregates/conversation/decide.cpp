#include <aggregates/common/checks.hpp>
#include <aggregates/conversation/conversation.hpp>
#include <aggregates/conversation/early_statuses.hpp>
#include <aggregates/conversation/message_status.hpp>

#include <algorithm>

namespace domain {
namespace {

using eventstore::Refusal;
using eventstore::refuse;

std::optional<Refusal> if_deleted(const ConversationState& state) {
  if (state.deleted_at) return refuse("deleted", "the conversation is deleted");
  return std::nullopt;
}

std::optional<Refusal> unless(const ConversationState& state, ConversationStatus allowed, std::string_view cannot) {
  if (auto problem = if_deleted(state)) return problem;
  if (state.status == allowed) return std::nullopt;
  return wrong_status(to_string(state.status), "conversation cannot " + std::string{cannot});
}

// The rules for commands that send and commands that receive. Media may come without text, and text without media.
template <class Message> std::optional<Refusal> check_message(const Message& message) {
  if (auto problem = check_texts(
          {{"message_id", message.message_id}, {"sender_id", message.sender_id}, {"receiver_id", message.receiver_id}}))
    return problem;
  if (message.message_content.empty() && message.media_url.value_or("").empty())
    return refuse("empty_message", "a message has message_content or a media_url");
  return std::nullopt;
}

template <class Event, class Message> Event message_event(const Message& from) {
  return Event{from.message_id, from.sender_id,   from.receiver_id, from.message_content, from.message_type,
               from.media_url,  from.campaign_id, from.agent_id,    from.metadata};
}

template <class Event>
Conversation::Decision change_status(const ConversationState& state, MessageStatus next, const Event& event) {
  if (auto problem = if_deleted(state)) return *problem;
  if (auto problem = check_texts({{"message_id", event.message_id}})) return *problem;
  const auto message = state.messages.find(event.message_id);
  const bool is_there = message != state.messages.end();
  // What comes before its message waits for it.
  const bool is_news = is_there ? may_follow(message->second, next) : gets_further_early(state, event.message_id, next);
  if (!is_news) return {};
  return event;
}

std::int64_t seconds_since(std::optional<eventstore::Timestamp> then, eventstore::Timestamp now) {
  if (!then) return 0;
  // Clocks run backwards; a conversation is never resolved before it began.
  return std::max<std::int64_t>(0, (now.micros - then->micros) / 1'000'000);
}

}  // namespace

Conversation::Decision Conversation::decide(const State* state, const OpenConversation& command) {
  if (state != nullptr && state->deleted_at) return *if_deleted(*state);
  if (state != nullptr && state->opened_at) return already_exists("the conversation is opened already");
  if (auto problem = check_texts({{"contact_id", command.contact_id}, {"agent_id", command.agent_id.value_or("none")}}))
    return *problem;
  return ConversationOpened{command.contact_id, command.channel, command.agent_id};
}

Conversation::Decision Conversation::decide(const State& state, const AssignConversation& command) {
  if (auto problem = unless(state, ConversationStatus::open, "be assigned")) return *problem;
  if (auto problem = check_texts({{"agent_id", command.agent_id}})) return *problem;
  if (state.agent_id == command.agent_id) return {};
  return ConversationAssigned{command.agent_id};
}

Conversation::Decision Conversation::decide(const State& state, const SendMessage& command) {
  if (auto problem = unless(state, ConversationStatus::open, "send messages")) return *problem;
  if (auto problem = check_message(command)) return *problem;
  if (state.messages.contains(command.message_id))
    return refuse("duplicate_message", "the conversation has a message " + command.message_id + " already");
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
  if (known.messages.contains(command.message_id)) return {};
  if (auto problem = unless(known, ConversationStatus::open, "send messages")) return *problem;
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
  if (state.messages.contains(command.message_id)) return {};
  return message_event<MessageReceived>(command);
}

Conversation::Decision Conversation::decide(const State& state, const MarkMessageDelivered& command) {
  return change_status(state, MessageStatus::delivered, MessageDelivered{command.message_id});
}

Conversation::Decision Conversation::decide(const State& state, const MarkMessageRead& command) {
  return change_status(state, MessageStatus::read, MessageRead{command.message_id});
}

Conversation::Decision Conversation::decide(const State& state, const MarkMessageFailed& command) {
  return change_status(state, MessageStatus::failed,
                       MessageFailed{command.message_id, command.error_code, command.error_message});
}

Conversation::Decision Conversation::decide(const State& state, const CloseConversation& command,
                                            const Context& context) {
  if (auto problem = unless(state, ConversationStatus::open, "be closed")) return *problem;
  return ConversationClosed{command.reason, seconds_since(state.opened_at, context.now),
                            command.agent_id ? command.agent_id : state.agent_id};
}

Conversation::Decision Conversation::decide(const State& state, const ReopenConversation& command) {
  if (auto problem = unless(state, ConversationStatus::closed, "be reopened")) return *problem;
  return ConversationReopened{command.reason};
}

Conversation::Decision Conversation::decide(const State& state, const DeleteConversation& command) {
  if (auto problem = if_deleted(state)) return *problem;
  return ConversationDeleted{command.reason};
}

}  // namespace domain
