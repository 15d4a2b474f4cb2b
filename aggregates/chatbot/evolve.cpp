// Any history is fact: nothing here checks a transition.
#include <aggregates/chatbot/chatbot.hpp>

namespace domain {
namespace {

// A deleted chatbot stays as it is.
void take_details(ChatbotState& state, const ChatbotDetails& details) {
  if (details.name) state.name = *details.name;
  if (details.definition) state.definition = details.definition;
  if (details.active && !state.deleted) state.active = *details.active;
}

void keep_for_later(ChatbotDetails& early, const ChatbotDetails& details) {
  if (details.name) early.name = details.name;
  if (details.definition) early.definition = details.definition;
  if (details.active) early.active = details.active;
}

}  // namespace

void Chatbot::evolve(State& state, const ChatbotCreated& event) {
  if (state.created) return;
  state.created = true;
  state.name = event.name;
  state.channel = event.channel;
  state.definition = event.definition;
  if (!state.early) return;
  take_details(state, *state.early);
  state.early.reset();
}

void Chatbot::evolve(State& state, const ChatbotChanged& event) {
  if (state.created) return take_details(state, event.details);
  if (!state.early) state.early.emplace();
  keep_for_later(*state.early, event.details);
}

void Chatbot::evolve(State& state, const ChatbotExecuted&) { ++state.executions; }

void Chatbot::evolve(State& state, const ChatbotDeleted&) {
  state.deleted = true;
  state.active = false;
}

}  // namespace domain
