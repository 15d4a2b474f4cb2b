// Any history is fact: nothing here checks a transition of the conversation. Messages alone know an order, because
// their statuses arrive late, early and more than once.
#include <aggregates/conversation/conversation.hpp>
#include <aggregates/conversation/early_statuses.hpp>
#include <aggregates/conversation/message_status.hpp>

namespace domain {
namespace {

// A message that exists already does not change; a new one takes the statuses that came before it.
void add_message(ConversationState& state, const std::string& message_id, MessageStatus status,
                 const std::optional<std::string>& campaign_id) {
  if (state.messages.contains(message_id)) return;
  if (const auto steps = early_steps(state, message_id, status); !steps.empty()) status = steps.back();
  drop_early(state, message_id);
  state.messages.emplace(message_id, status);
  count_up(state.counts, to_string(status));
  if (campaign_id) state.message_campaigns[message_id] = *campaign_id;
}

void advance_message(ConversationState& state, const std::string& message_id, MessageStatus status) {
  const auto message = state.messages.find(message_id);
  if (message == state.messages.end()) return keep_early(state, message_id, status);
  const auto before = message->second;
  if (!may_follow(before, status)) return;
  count_down(state.counts, to_string(before));
  state.messages[message_id] = status;
  count_up(state.counts, to_string(status));
}

}  // namespace

void Conversation::evolve(State& state, const ConversationOpened& event, const Metadata& metadata) {
  state.contact_id = event.contact_id;
  state.channel = event.channel;
  // An opening that comes late takes back neither the agent who was assigned before it nor the closing that followed
  // it.
  const bool is_first = !state.opened_at;
  if (!is_first || !state.agent_id) state.agent_id = event.agent_id;
  const bool was_closed_since = is_first && state.closed_at && metadata.created_at < *state.closed_at;
  if (!was_closed_since) state.status = ConversationStatus::open;
  state.opened_at = metadata.created_at;
}

void Conversation::evolve(State& state, const ConversationAssigned& event) { state.agent_id = event.agent_id; }

void Conversation::evolve(State& state, const MessageSent& event) {
  add_message(state, event.message_id, MessageStatus::sent, event.campaign_id);
}

void Conversation::evolve(State& state, const MessageReceived& event) {
  add_message(state, event.message_id, MessageStatus::delivered, event.campaign_id);
}

void Conversation::evolve(State& state, const MessageDelivered& event) {
  advance_message(state, event.message_id, MessageStatus::delivered);
}

void Conversation::evolve(State& state, const MessageRead& event) {
  advance_message(state, event.message_id, MessageStatus::read);
}

void Conversation::evolve(State& state, const MessageFailed& event) {
  advance_message(state, event.message_id, MessageStatus::failed);
}

void Conversation::evolve(State& state, const ConversationClosed& event, const Metadata& metadata) {
  state.status = ConversationStatus::closed;
  state.closed_at = metadata.created_at;
  state.resolution_time_seconds = event.resolution_time_seconds;
}

void Conversation::evolve(State& state, const ConversationReopened&) {
  state.status = ConversationStatus::open;
  state.closed_at.reset();
  state.resolution_time_seconds.reset();
}

void Conversation::evolve(State& state, const ConversationDeleted&, const Metadata& metadata) {
  state.deleted_at = metadata.created_at;
}

}  // namespace domain
