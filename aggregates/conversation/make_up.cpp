// Made-up conversations, by the transitions that decide allows.
#include <aggregates/common/made_up.hpp>
#include <aggregates/conversation/conversation.hpp>
#include <aggregates/conversation/message_changes.hpp>
#include <aggregates/conversation/message_ids.hpp>
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
  message.message_type = random.pick(
      {MessageType::image, MessageType::document, MessageType::audio, MessageType::video, MessageType::sticker});
  const bool has_no_text = message.message_type == MessageType::sticker || message.message_type == MessageType::audio;
  if (has_no_text) message.message_content.reset();
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

const MessageStatuses::value_type& any_message(Random& random, const ConversationState& state) {
  return *std::next(state.messages.begin(), static_cast<std::ptrdiff_t>(random.below(state.messages.size())));
}

MessageFailed fail(Random& random, const std::string& message_id) {
  MessageFailed failed{};
  failed.message_id = message_id;
  failed.error_code = "131026";
  failed.error_title = "Message undeliverable";
  failed.error_message = made_up::sometimes(random, 70, "message undeliverable");
  return failed;
}

std::optional<eventstore::Json> price(Random& random) {
  if (!random.chance(20)) return std::nullopt;
  return eventstore::Json{R"({"pricing":{"billable":true,"category":"service","pricing_model":"PMP"}})"};
}

// A status for some message that still waits for one; none where a few tries find no such message.
Decision status(Random& random, const ConversationState& state) {
  for (int tries = 0; tries < 4 && !state.messages.empty(); ++tries) {
    const auto& [id, now] = any_message(random, state);
    if (now == MessageStatus::failed || now == MessageStatus::played) continue;
    if (now == MessageStatus::read) {
      if (random.chance(5)) return MessagePlayed{id, {}};
      continue;
    }
    if (random.chance(3)) return fail(random, id);
    if (now == MessageStatus::sent && !random.chance(5)) return MessageDelivered{id, price(random)};
    return MessageRead{id, price(random)};
  }
  return {};
}

// The provider's receipt comes before the program tells what it has sent.
Decision send_accepted(Random& random, const ConversationState& state) {
  auto message = send(random, state);
  message.provider_message_id = "wamid." + random.uuid().to_string();
  MessageAccepted accepted{message_id_of(*message.provider_message_id), price(random)};
  return {std::move(accepted), std::move(message)};
}

Decision change_message(Random& random, const ConversationState& state) {
  const auto& id = any_message(random, state).first;
  if (is_revoked(state, id)) return {};
  const auto roll = random.below(10);
  if (roll < 2) return MessageRevoked{id, {}};
  if (roll < 5) return MessageEdited{id, made_up::contact_text(random), {}, {}};
  MessageReacted reacted{};
  reacted.message_id = id;
  reacted.sender_id = state.contact_id;
  if (reaction_of(state, id, state.contact_id) == nullptr)
    reacted.emoji =
        std::string{random.pick<std::string_view>({"\xF0\x9F\x91\x8D", "\xE2\x9D\xA4", "\xF0\x9F\x99\x8F"})};
  return reacted;
}

// What an agent does with a conversation besides writing; none where there is nothing of the kind to do.
Decision steer(Random& random, const ConversationState& state) {
  const auto roll = random.below(10);
  if (roll < 4 && state.status != ConversationStatus::waiting)
    return ConversationWaiting{made_up::sometimes(random, 50, "an order number is missing"), state.agent_id};
  if (roll < 6 && state.status != ConversationStatus::escalated)
    return ConversationEscalated{made_up::sometimes(random, 50, "a refund above the limit"), made_up::agent_id(random)};
  if (roll < 8) return ConversationResolved{made_up::sometimes(random, 50, "answered"), state.agent_id};
  if (state.opted_out_at) return ConversationOptedIn{std::nullopt, "asked for news"};
  if (roll == 8) return ConversationOptedOut{std::nullopt, "asked for no more news"};
  return {};
}

ConversationClosed close(Random& random, const ConversationState& state) {
  const auto settled_at =
      state.status == ConversationStatus::resolved ? state.resolved_at : std::optional{random.now()};
  const auto seconds =
      (settled_at.value_or(random.now()).micros - state.opened_at.value_or(random.now()).micros) / 1'000'000;
  return {std::string{random.pick<std::string_view>({"resolved", "no reply", "duplicate"})},
          std::max<std::int64_t>(0, seconds), state.agent_id};
}

Decision talk(Random& random, const ConversationState& state) {
  if (state.messages.empty()) {
    if (random.chance(50)) return send(random, state);
    return receive(random, state);
  }
  const auto aside = random.below(100);
  if (aside < 4)
    if (auto next = change_message(random, state); !next.any().events.empty()) return next;
  if (aside >= 97)
    if (auto next = steer(random, state); !next.any().events.empty()) return next;
  const auto roll = random.below(100);
  if (roll < 45)
    if (auto next = status(random, state); !next.any().events.empty()) return next;
  const bool unassigned = !state.agent_id;
  if (roll < (unassigned ? 65U : 47U)) {
    auto agent = made_up::agent_id(random);
    if (state.agent_id != agent) return ConversationAssigned{std::move(agent)};
  }
  if (roll >= 93 || state.messages.size() >= messages_max) return close(random, state);
  if (roll >= 70 && roll < 72) return send_accepted(random, state);
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

// A resolved conversation is closed in the end, unless it is taken up again.
Decision after_resolving(Random& random, const ConversationState& state) {
  if (random.chance(70)) return close(random, state);
  if (random.chance(50)) return ConversationReopened{made_up::sometimes(random, 50, "it was not settled")};
  return receive(random, state);
}

}  // namespace

Conversation::Decision Conversation::make_up(Random& random, const State& state) {
  if (state.contact_id.empty()) return open(random);
  if (state.deleted_at) return {};
  switch (state.status) {
    case ConversationStatus::open:
    case ConversationStatus::waiting:
    case ConversationStatus::escalated: return talk(random, state);
    case ConversationStatus::resolved: return after_resolving(random, state);
    case ConversationStatus::closed: break;
  }
  return after_closing(random, state);
}

}  // namespace domain
