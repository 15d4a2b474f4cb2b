// Made-up conversations, by the transitions that decide allows.
#include <aggregates/common/made_up.hpp>
#include <aggregates/conversation/conversation.hpp>
#include <eventstore/aggregate/random.hpp>

#include <algorithm>
#include <iterator>

namespace domain {
namespace {

using eventstore::Random;
using Decision = Conversation::Decision;

constexpr std::size_t messages_max = 30;

ConversationOpened open(Random& random) {
  ConversationOpened event{};
  event.contact_id = made_up::contact_id(random);
  event.channel = random.pick({Channel::whatsapp, Channel::whatsapp, Channel::whatsapp, Channel::sms, Channel::voice});
  if (random.chance(60)) event.agent_id = made_up::agent_id(random);
  return event;
}

// Mostly text; now and then a file with its address.
template <class Message> void fill(Message& message, Random& random, std::string text) {
  message.message_id = random.uuid().to_string();
  message.message_content = std::move(text);
  if (!random.chance(12)) return;
  message.message_type =
      random.pick({MessageType::image, MessageType::document, MessageType::audio, MessageType::video});
  message.media_url = "https://media.example.org/" + random.uuid().to_string();
}

MessageSent send(Random& random, const ConversationState& state) {
  MessageSent message{};
  const bool campaign = state.messages.empty() && random.chance(40);
  fill(message, random, campaign ? made_up::campaign_text(random) : made_up::agent_text(random));
  message.sender_id = state.agent_id.value_or("switchboard");
  message.receiver_id = state.contact_id;
  message.agent_id = state.agent_id;
  if (campaign) message.campaign_id = made_up::campaign_id(random);
  if (campaign && random.chance(50)) message.metadata = eventstore::Json{R"({"template":"campaign","language":"en"})"};
  return message;
}

MessageReceived receive(Random& random, const ConversationState& state) {
  MessageReceived message{};
  fill(message, random, made_up::contact_text(random));
  message.sender_id = state.contact_id;
  message.receiver_id = state.agent_id.value_or("switchboard");
  return message;
}

// A status for some message that still waits for one; none where a few tries find no such message.
Decision status(Random& random, const ConversationState& state) {
  for (int tries = 0; tries < 4 && !state.messages.empty(); ++tries) {
    const auto at = static_cast<std::ptrdiff_t>(random.below(state.messages.size()));
    const auto& [id, now] = *std::next(state.messages.begin(), at);
    if (now == MessageStatus::read || now == MessageStatus::failed) continue;
    if (random.chance(3)) return MessageFailed{id, "131026", made_up::sometimes(random, 70, "message undeliverable")};
    if (now == MessageStatus::sent && !random.chance(5)) return MessageDelivered{id};
    return MessageRead{id};
  }
  return {};
}

ConversationClosed close(Random& random, const ConversationState& state) {
  const auto seconds = (random.now().micros - state.opened_at.value_or(random.now()).micros) / 1'000'000;
  return {std::string{random.pick<std::string_view>({"resolved", "no reply", "duplicate"})},
          std::max<std::int64_t>(0, seconds), state.agent_id};
}

Decision talk(Random& random, const ConversationState& state) {
  if (state.messages.empty()) {
    if (random.chance(50)) return send(random, state);
    return receive(random, state);
  }
  const auto roll = random.below(100);
  if (roll < 45)
    if (auto next = status(random, state); !next.any().events.empty()) return next;
  const bool unassigned = !state.agent_id;
  if (roll < (unassigned ? 65U : 47U)) {
    auto agent = made_up::agent_id(random);
    if (state.agent_id != agent) return ConversationAssigned{std::move(agent)};
  }
  if (roll >= 93 || state.messages.size() >= messages_max) return close(random, state);
  if (roll < 72) return send(random, state);
  return receive(random, state);
}

// Statuses and answers arrive after the end.
Decision after_closing(Random& random, const ConversationState& state) {
  const auto roll = random.below(100);
  if (roll < 40)
    if (auto next = status(random, state); !next.any().events.empty()) return next;
  if (roll < 50 && state.messages.size() < messages_max) return receive(random, state);
  if (roll < 60 && state.messages.size() < messages_max)
    return ConversationReopened{made_up::sometimes(random, 50, "the contact wrote again")};
  if (roll < 64) return ConversationDeleted{made_up::sometimes(random, 50, "asked to be forgotten")};
  return {};
}

}  // namespace

Conversation::Decision Conversation::make_up(Random& random, const State& state) {
  if (state.contact_id.empty()) return open(random);
  if (state.deleted_at) return {};
  return state.status == ConversationStatus::open ? talk(random, state) : after_closing(random, state);
}

}  // namespace domain
