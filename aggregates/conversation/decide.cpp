// Commands about the conversation as a whole; those about its messages are in decide_messages.cpp.
#include <aggregates/conversation/conversation.hpp>
#include <aggregates/conversation/decide_rules.hpp>

namespace domain {
namespace {

constexpr auto while_at_work = {ConversationStatus::open, ConversationStatus::waiting, ConversationStatus::escalated};
constexpr auto unless_open = {ConversationStatus::closed, ConversationStatus::resolved, ConversationStatus::waiting,
                              ConversationStatus::escalated};

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
  if (auto problem = unless(state, until_closed, "be assigned")) return *problem;
  if (auto problem = check_texts({{"agent_id", command.agent_id}})) return *problem;
  if (state.agent_id == command.agent_id) return {};
  return ConversationAssigned{command.agent_id};
}

Conversation::Decision Conversation::decide(const State& state, const OptOutOfConversation& command) {
  if (auto problem = if_deleted(state)) return *problem;
  if (state.opted_out_at) return {};
  return ConversationOptedOut{command.message_id, command.reason};
}

Conversation::Decision Conversation::decide(const State& state, const OptInToConversation& command) {
  if (auto problem = if_deleted(state)) return *problem;
  if (!state.opted_out_at) return {};
  return ConversationOptedIn{command.message_id, command.reason};
}

Conversation::Decision Conversation::decide(const State& state, const WaitInConversation& command) {
  if (auto problem = unless(state, while_at_work, "wait for the contact")) return *problem;
  if (state.status == ConversationStatus::waiting) return {};
  return ConversationWaiting{command.reason, command.agent_id ? command.agent_id : state.agent_id};
}

Conversation::Decision Conversation::decide(const State& state, const EscalateConversation& command) {
  if (auto problem = unless(state, while_at_work, "be escalated")) return *problem;
  const bool goes_elsewhere = command.agent_id && command.agent_id != state.agent_id;
  if (state.status == ConversationStatus::escalated && !goes_elsewhere) return {};
  return ConversationEscalated{command.reason, command.agent_id};
}

Conversation::Decision Conversation::decide(const State& state, const ResolveConversation& command) {
  if (auto problem = unless(state, until_closed, "be resolved")) return *problem;
  if (state.status == ConversationStatus::resolved) return {};
  return ConversationResolved{command.reason, command.agent_id ? command.agent_id : state.agent_id};
}

Conversation::Decision Conversation::decide(const State& state, const CloseConversation& command,
                                            const Context& context) {
  if (auto problem = unless(state, until_closed, "be closed")) return *problem;
  const auto settled_at =
      state.status == ConversationStatus::resolved ? state.resolved_at.value_or(context.now) : context.now;
  return ConversationClosed{command.reason, seconds_since(state.opened_at, settled_at),
                            command.agent_id ? command.agent_id : state.agent_id};
}

Conversation::Decision Conversation::decide(const State& state, const ReopenConversation& command) {
  if (auto problem = unless(state, unless_open, "be reopened")) return *problem;
  return ConversationReopened{command.reason};
}

Conversation::Decision Conversation::decide(const State& state, const DeleteConversation& command) {
  if (auto problem = if_deleted(state)) return *problem;
  return ConversationDeleted{command.reason};
}

}  // namespace domain
