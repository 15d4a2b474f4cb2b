// Any history is fact: nothing here checks a transition of the conversation. Messages alone know an order, because
// their statuses arrive late, early and more than once.
#include <aggregates/conversation/conversation.hpp>
#include <aggregates/conversation/early_statuses.hpp>
#include <aggregates/conversation/message_changes.hpp>
#include <aggregates/conversation/message_status.hpp>

namespace domain {
namespace {

// A message that exists already does not change; a new one takes what came before it. Whether it is new.
template <class Message> bool add_message(ConversationState& state, const Message& message, MessageStatus status) {
  const auto names = names_of(message);
  if (has_message(state, names)) return false;
  if (const auto steps = early_steps(state, names, status); !steps.empty()) status = steps.back().status;
  drop_early(state, names);
  state.messages.emplace(message.message_id, status);
  count_up(state.counts, to_string(status));
  if (message.campaign_id) state.message_campaigns[message.message_id] = *message.campaign_id;
  take_early_change(state, names);
  if (names.alias.empty()) return true;
  if (!state.message_aliases) state.message_aliases.emplace();
  state.message_aliases->insert_or_assign(names.alias, message.message_id);
  return true;
}

void advance_message(ConversationState& state, const EarlyStatus& news) {
  const auto& id = known_message_id(state, news.message_id);
  const auto message = state.messages.find(id);
  if (message == state.messages.end()) return keep_early(state, news);
  const auto before = message->second;
  if (!may_follow(before, news.status)) return;
  count_down(state.counts, to_string(before));
  count_up(state.counts, to_string(news.status));
  state.messages[std::string{id}] = news.status;
}

// The contact's word brings a conversation back that waits for it or that was thought to be settled; one that came
// before does not.
void take_answer(ConversationState& state, MessageType type, eventstore::Timestamp at) {
  if (type == MessageType::system) return;
  const auto since = state.status == ConversationStatus::waiting    ? state.waiting_at
                     : state.status == ConversationStatus::resolved ? state.resolved_at
                                                                    : std::nullopt;
  if (!since || at < *since) return;
  state.status = ConversationStatus::open;
  state.waiting_at.reset();
  state.resolved_at.reset();
}

// A status that is none of waiting, resolved and closed any more.
void end_status(ConversationState& state) {
  state.waiting_at.reset();
  state.resolved_at.reset();
  state.closed_at.reset();
  state.resolution_time_seconds.reset();
}

// When the conversation came to its status; none while it is open.
std::optional<eventstore::Timestamp> status_since(const ConversationState& state) {
  switch (state.status) {
    case ConversationStatus::open: break;
    case ConversationStatus::closed: return state.closed_at;
    case ConversationStatus::waiting: return state.waiting_at;
    case ConversationStatus::resolved: return state.resolved_at;
    case ConversationStatus::escalated: return state.escalated_at;
  }
  return std::nullopt;
}

EarlyStatus news_of(const std::string& message_id, MessageStatus status, const std::optional<eventstore::Json>& told) {
  EarlyStatus news{};
  news.message_id = message_id;
  news.status = status;
  news.metadata = told;
  return news;
}

}  // namespace

void Conversation::evolve(State& state, const ConversationOpened& event, const Metadata& metadata) {
  state.contact_id = event.contact_id;
  state.channel = event.channel;
  // An opening that comes late takes back neither the agent who was assigned before it nor the status that followed it.
  const bool is_first = !state.opened_at;
  if (!is_first || !state.agent_id) state.agent_id = event.agent_id;
  const auto since = status_since(state);
  const bool was_changed_since = is_first && since && metadata.created_at < *since;
  if (!was_changed_since) state.status = ConversationStatus::open;
  state.opened_at = metadata.created_at;
}

void Conversation::evolve(State& state, const ConversationAssigned& event) { state.agent_id = event.agent_id; }

void Conversation::evolve(State& state, const MessageSent& event) { add_message(state, event, MessageStatus::sent); }

void Conversation::evolve(State& state, const MessageReceived& event, const Metadata& metadata) {
  if (add_message(state, event, MessageStatus::delivered)) take_answer(state, event.message_type, metadata.created_at);
}

void Conversation::evolve(State& state, const MessageAccepted& event) {
  advance_message(state, news_of(event.message_id, MessageStatus::sent, event.metadata));
}

void Conversation::evolve(State& state, const MessageDelivered& event) {
  advance_message(state, news_of(event.message_id, MessageStatus::delivered, event.metadata));
}

void Conversation::evolve(State& state, const MessageRead& event) {
  advance_message(state, news_of(event.message_id, MessageStatus::read, event.metadata));
}

void Conversation::evolve(State& state, const MessagePlayed& event) {
  advance_message(state, news_of(event.message_id, MessageStatus::played, event.metadata));
}

void Conversation::evolve(State& state, const MessageFailed& event) {
  auto news = news_of(event.message_id, MessageStatus::failed, event.metadata);
  news.error_code = event.error_code;
  news.error_message = event.error_message;
  news.error_title = event.error_title;
  advance_message(state, news);
}

void Conversation::evolve(State& state, const MessageEdited& event, const Metadata& metadata) {
  edit_message(state, event, metadata.created_at);
}

void Conversation::evolve(State& state, const MessageRevoked& event, const Metadata& metadata) {
  revoke_message(state, event, metadata.created_at);
}

void Conversation::evolve(State& state, const MessageReacted& event, const Metadata& metadata) {
  react_to_message(state, event, metadata.created_at);
}

void Conversation::evolve(State& state, const ConversationOptedOut&, const Metadata& metadata) {
  if (!state.opted_out_at) state.opted_out_at = metadata.created_at;
}

void Conversation::evolve(State& state, const ConversationOptedIn&) { state.opted_out_at.reset(); }

void Conversation::evolve(State& state, const ConversationWaiting&, const Metadata& metadata) {
  end_status(state);
  state.status = ConversationStatus::waiting;
  state.waiting_at = metadata.created_at;
}

void Conversation::evolve(State& state, const ConversationEscalated& event, const Metadata& metadata) {
  end_status(state);
  state.status = ConversationStatus::escalated;
  state.escalated_at = metadata.created_at;
  if (event.agent_id) state.agent_id = event.agent_id;
}

void Conversation::evolve(State& state, const ConversationResolved&, const Metadata& metadata) {
  end_status(state);
  state.status = ConversationStatus::resolved;
  state.resolved_at = metadata.created_at;
}

// When it was resolved is known of a closed conversation, too.
void Conversation::evolve(State& state, const ConversationClosed& event, const Metadata& metadata) {
  state.waiting_at.reset();
  state.status = ConversationStatus::closed;
  state.closed_at = metadata.created_at;
  state.resolution_time_seconds = event.resolution_time_seconds;
}

void Conversation::evolve(State& state, const ConversationReopened&) {
  end_status(state);
  state.status = ConversationStatus::open;
  state.escalated_at.reset();
}

void Conversation::evolve(State& state, const ConversationDeleted&, const Metadata& metadata) {
  state.deleted_at = metadata.created_at;
}

}  // namespace domain
