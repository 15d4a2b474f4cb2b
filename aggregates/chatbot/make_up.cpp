// Made-up chatbots, by the rules of decide.
#include <aggregates/chatbot/chatbot.hpp>
#include <aggregates/common/made_up.hpp>
#include <eventstore/aggregate/random.hpp>

namespace domain {
namespace {

using eventstore::Json;
using eventstore::Random;

Json greeting(Random& random) {
  return {std::string{random.pick<std::string_view>(
      {R"({"start":"greet","nodes":{"greet":"Hello!"}})", R"({"start":"ask","nodes":{"ask":"How can I help?"}})"})}};
}

std::string bot_name(Random& random) {
  return std::string{random.pick<std::string_view>({"Front desk", "Order status", "Opening hours", "Night shift"})};
}

ChatbotCreated begin(Random& random) {
  ChatbotCreated event{};
  event.name = bot_name(random);
  if (random.chance(30)) event.channel = Channel::sms;
  if (random.chance(70)) event.definition = greeting(random);
  return event;
}

ChatbotExecuted answer(Random& random) {
  ChatbotExecuted event{};
  event.conversation_id = made_up::conversation_id(random);
  if (random.chance(70)) event.contact_id = made_up::contact_id(random);
  event.input = made_up::contact_text(random);
  if (random.chance(90)) event.output = made_up::agent_text(random);
  if (random.chance(80)) event.duration_ms = random.between(20, 2'000);
  return event;
}

ChatbotChanged change(Random& random, bool active) {
  ChatbotChanged event{};
  if (random.chance(30)) event.details.name = bot_name(random);
  if (random.chance(40)) event.details.definition = greeting(random);
  if (random.chance(50) || event.details == ChatbotDetails{}) event.details.active = !active;
  return event;
}

}  // namespace

Chatbot::Decision Chatbot::make_up(Random& random, const State& state) {
  if (state.deleted) return {};
  if (!state.created) return begin(random);
  const auto roll = random.below(100);
  if (roll < 70 && state.active) return answer(random);
  if (roll < 90) return change(random, state.active);
  if (roll < 95) return ChatbotDeleted{made_up::sometimes(random, 40, "replaced by another one")};
  return {};
}

}  // namespace domain
