#pragma once
// A chatbot: a program that answers contacts in conversations. It is active from its creation on, until a change says
// otherwise.
//
// Rules that the requirements leave open:
// - a chatbot that is not active is not executed; each execution counts, also one like that before it;
// - a change that names what is there already changes nothing;
// - a deleted chatbot is not active and takes no command;
// - history is fact: each execution counts, before the creation, of a chatbot that is not active, and after the
//   deletion; a change that comes early waits in the state and counts for more than the creation; a creation that is
//   repeated changes nothing.
#include <aggregates/chatbot/commands.hpp>
#include <aggregates/chatbot/state.hpp>
#include <eventstore/aggregate/decider_of.hpp>

namespace domain {

struct Chatbot
    : eventstore::DeciderOf<"chatbot", ChatbotState,
                            eventstore::Events<ChatbotCreated, ChatbotChanged, ChatbotExecuted, ChatbotDeleted>,
                            eventstore::Commands<CreateChatbot, ChangeChatbot, ExecuteChatbot, DeleteChatbot>> {
  static void evolve(State& state, const ChatbotCreated& event);
  static void evolve(State& state, const ChatbotChanged& event);
  static void evolve(State& state, const ChatbotExecuted& event);
  static void evolve(State& state, const ChatbotDeleted& event);

  static Decision decide(const State* state, const CreateChatbot& command);
  static Decision decide(const State& state, const ChangeChatbot& command);
  static Decision decide(const State& state, const ExecuteChatbot& command);
  static Decision decide(const State& state, const DeleteChatbot& command);

  static void measure(const ChatbotExecuted& event, const State& before, const State& after, Measurements& to);

  static Decision make_up(Random& random, const State& state);
};

}  // namespace domain
