#include <aggregates/chatbot/chatbot.hpp>
#include <aggregates/common/checks.hpp>

namespace domain {
namespace {

using eventstore::Refusal;

std::optional<Refusal> if_deleted(const ChatbotState& state) {
  if (state.deleted) return wrong_status("deleted", "chatbot takes no command");
  return std::nullopt;
}

}  // namespace

Chatbot::Decision Chatbot::decide(const State* state, const CreateChatbot& command) {
  if (state != nullptr && state->created) return already_exists("the chatbot exists");
  if (state != nullptr)
    if (auto problem = if_deleted(*state)) return *problem;
  if (auto problem = check_texts({{"name", command.name}})) return *problem;
  return ChatbotCreated{command.name, command.channel, command.definition};
}

Chatbot::Decision Chatbot::decide(const State& state, const ChangeChatbot& command) {
  if (auto problem = if_deleted(state)) return *problem;
  if (command.details == ChatbotDetails{})
    return eventstore::refuse("nothing_to_change", "give a name, a definition or active");
  if (auto problem = check_texts({{"name", command.details.name.value_or("none")}})) return *problem;
  const ChatbotChanged event{command.details};
  auto after = state;
  evolve(after, event);
  if (after == state) return {};
  return event;
}

Chatbot::Decision Chatbot::decide(const State& state, const ExecuteChatbot& command) {
  if (auto problem = if_deleted(state)) return *problem;
  if (!state.active) return wrong_status("inactive", "chatbot cannot be executed");
  if (auto problem = check_texts({{"conversation_id", command.conversation_id}})) return *problem;
  if (command.duration_ms.value_or(0) < 0) return eventstore::refuse("bad_duration", "duration_ms is not below 0");
  return ChatbotExecuted{command.conversation_id, command.contact_id, command.input, command.output,
                         command.duration_ms};
}

Chatbot::Decision Chatbot::decide(const State& state, const DeleteChatbot& command) {
  if (state.deleted) return {};
  return ChatbotDeleted{command.reason};
}

}  // namespace domain
