#pragma once
// A conversation: open <-> closed. Its messages go sent -> delivered -> read; failed is taken from sent and delivered
// and is final; never backwards.
//
// Where the rules leave it open:
// - a status that is late or repeated is accepted and there is nothing to do, so no event records or counts it;
// - a status that comes before its message waits for it in the state (early_statuses.hpp), and is counted with it;
// - a conversation whose messages or statuses came first is opened by the same command as one without a stream;
// - sending a message id that is there already is refused; receiving one is nothing to do, because messengers repeat
//   what they tell;
// - a closed conversation is not assigned; statuses and received messages still arrive, and do not reopen it;
// - the resolution time runs from the first opening, also after a reopening; it is never below zero;
// - a deleted conversation takes no command at all.
#include <aggregates/conversation/commands.hpp>
#include <aggregates/conversation/state.hpp>
#include <eventstore/aggregate/decider_of.hpp>

namespace domain {

struct Conversation
    : eventstore::DeciderOf<
          "conversation", ConversationState,
          eventstore::Events<ConversationOpened, ConversationAssigned, MessageSent, MessageReceived, MessageDelivered,
                             MessageRead, MessageFailed, ConversationClosed, ConversationReopened, ConversationDeleted>,
          eventstore::Commands<OpenConversation, AssignConversation, SendMessage, SendCampaignMessage, ReceiveMessage,
                               MarkMessageDelivered, MarkMessageRead, MarkMessageFailed, CloseConversation,
                               ReopenConversation, DeleteConversation>> {
  static void evolve(State& state, const ConversationOpened& event, const Metadata& metadata);
  static void evolve(State& state, const ConversationAssigned& event);
  static void evolve(State& state, const MessageSent& event);
  static void evolve(State& state, const MessageReceived& event);
  static void evolve(State& state, const MessageDelivered& event);
  static void evolve(State& state, const MessageRead& event);
  static void evolve(State& state, const MessageFailed& event);
  static void evolve(State& state, const ConversationClosed& event, const Metadata& metadata);
  static void evolve(State& state, const ConversationReopened& event);
  static void evolve(State& state, const ConversationDeleted& event, const Metadata& metadata);

  static Decision decide(const State* state, const OpenConversation& command);
  static Decision decide(const State& state, const AssignConversation& command);
  static Decision decide(const State& state, const SendMessage& command);
  static Decision decide(const State* state, const SendCampaignMessage& command);
  static Decision decide(const State& state, const ReceiveMessage& command);
  static Decision decide(const State& state, const MarkMessageDelivered& command);
  static Decision decide(const State& state, const MarkMessageRead& command);
  static Decision decide(const State& state, const MarkMessageFailed& command);
  static Decision decide(const State& state, const CloseConversation& command, const Context& context);
  static Decision decide(const State& state, const ReopenConversation& command);
  static Decision decide(const State& state, const DeleteConversation& command);

  // Messages and statuses that changed nothing, which imported histories hold, are not counted twice.
  static void measure(const MessageSent& event, const State& before, const State& after, Measurements& to);
  static void measure(const MessageReceived& event, const State& before, const State& after, Measurements& to);
  static void measure(const MessageDelivered& event, const State& before, const State& after, Measurements& to);
  static void measure(const MessageRead& event, const State& before, const State& after, Measurements& to);
  static void measure(const MessageFailed& event, const State& before, const State& after, Measurements& to);
  static void measure(const ConversationClosed& event, const State& before, const State& after, Measurements& to);

  /// The contact, in whichever direction a message goes: who sends and who receives it may be an agent, a campaign or a
  /// program. Empty, which leaves it to the stream's key, before the opening names the contact.
  static std::string subject(const State& state) { return state.contact_id; }

  static Decision make_up(Random& random, const State& state);
};

}  // namespace domain
