#include <aggregates/conversation/conversation.hpp>
#include <aggregates/conversation/early_statuses.hpp>
#include <aggregates/conversation/message_status.hpp>
#include <eventstore/aggregate/measurements.hpp>

namespace domain {
namespace {

using State = ConversationState;

void add_status(MessageStatus status, const std::string& message_id, const State& after, eventstore::Measurements& to) {
  const auto campaign = after.message_campaigns.find(message_id);
  to.add("messages_" + std::string{to_string(status)}, 1,
         {{"campaign_id", campaign == after.message_campaigns.end() ? std::string_view{} : campaign->second},
          {"agent_id", after.agent_id}},
         {{"channel", to_string(after.channel)}});
}

// With the statuses that waited for the message: they count from now on.
template <class Message>
void measure_message(std::string_view metric_type, MessageStatus first, const Message& message, const State& before,
                     const State& after, eventstore::Measurements& to) {
  const auto names = names_of(message);
  if (has_message(before, names)) return;
  to.add(metric_type, 1,
         {{"campaign_id", message.campaign_id}, {"agent_id", message.agent_id ? message.agent_id : after.agent_id}},
         {{"channel", to_string(after.channel)}});
  for (const auto& step : early_steps(before, names, first)) add_status(step.status, message.message_id, after, to);
}

void measure_status(const std::string& name, MessageStatus status, const State& before, const State& after,
                    eventstore::Measurements& to) {
  const auto& message_id = known_message_id(before, name);
  const auto message = before.messages.find(message_id);
  if (message == before.messages.end() || !may_follow(message->second, status)) return;
  add_status(status, message_id, after, to);
}

}  // namespace

void Conversation::measure(const MessageSent& event, const State& before, const State& after, Measurements& to) {
  measure_message("messages_sent", MessageStatus::sent, event, before, after, to);
}

void Conversation::measure(const MessageReceived& event, const State& before, const State& after, Measurements& to) {
  measure_message("messages_received", MessageStatus::delivered, event, before, after, to);
}

void Conversation::measure(const MessageDelivered& event, const State& before, const State& after, Measurements& to) {
  measure_status(event.message_id, MessageStatus::delivered, before, after, to);
}

void Conversation::measure(const MessageRead& event, const State& before, const State& after, Measurements& to) {
  measure_status(event.message_id, MessageStatus::read, before, after, to);
}

void Conversation::measure(const MessagePlayed& event, const State& before, const State& after, Measurements& to) {
  measure_status(event.message_id, MessageStatus::played, before, after, to);
}

void Conversation::measure(const MessageFailed& event, const State& before, const State& after, Measurements& to) {
  measure_status(event.message_id, MessageStatus::failed, before, after, to);
}

void Conversation::measure(const ConversationOptedOut&, const State& before, const State& after, Measurements& to) {
  if (before.opted_out_at) return;
  to.add("conversations_opted_out", 1, {{"agent_id", after.agent_id}}, {{"channel", to_string(after.channel)}});
}

void Conversation::measure(const ConversationEscalated&, const State& before, const State& after, Measurements& to) {
  if (before.status == ConversationStatus::escalated) return;
  to.add("conversations_escalated", 1, {{"agent_id", after.agent_id}}, {{"channel", to_string(after.channel)}});
}

void Conversation::measure(const ConversationResolved& event, const State& before, const State& after,
                           Measurements& to) {
  if (before.status == ConversationStatus::resolved) return;
  to.add("conversations_resolved", 1, {{"agent_id", event.agent_id ? event.agent_id : after.agent_id}},
         {{"channel", to_string(after.channel)}});
}

void Conversation::measure(const ConversationClosed& event, const State&, const State& after, Measurements& to) {
  const auto& agent_id = event.agent_id ? event.agent_id : after.agent_id;
  const auto channel = to_string(after.channel);
  to.add("conversations_closed", 1, {{"agent_id", agent_id}}, {{"channel", channel}});
  to.add("conversation_resolution_seconds", static_cast<double>(event.resolution_time_seconds),
         {{"agent_id", agent_id}}, {{"channel", channel}});
}

}  // namespace domain
