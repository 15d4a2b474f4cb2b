#pragma once
// A conversation: open, waiting for the contact, escalated, resolved, closed. Its messages go sent -> delivered -> read
// -> played (voice messages); failed is taken from sent and delivered and is final; never backwards.
//
// Its statuses, as helpdesks know them:
// - open, waiting and escalated go to one another, to resolved and to closed; resolved goes to closed; reopening leads
//   from everything else to open, and is the only way out of closed;
// - a message of the contact opens a conversation that waits or is resolved, with the message's event; a closed one
//   stays closed, and an escalated one stays with those who took it over.
//
// Where the rules leave it open:
// - a status that is late or repeated is accepted and there is nothing to do, so no event records or counts it;
// - a status that comes before its message waits for it in the state (early_statuses.hpp), and is counted with it; so
//   do edits, revocations and signs (message_changes.hpp);
// - a conversation whose messages or statuses came first is opened by the same command as one without a stream;
// - sending a message id that is there already is refused; receiving one is nothing to do, because messengers repeat
//   what they tell; a message that comes again under its provider's id is nothing to do in both directions;
// - a closed conversation is not assigned; statuses and received messages still arrive, and do not reopen it;
// - the resolution time runs from the first opening, also after a reopening, and ends when the conversation was
//   resolved, if it was, else when it is closed; it is never below zero;
// - a received message that says STOP or the like is an opt-out (opt_out_words.hpp), in the same commit: from then on
//   no message of a campaign is sent, until the contact opts in again; answers are sent as before;
// - a revoked message is neither edited nor reacted to;
// - a deleted conversation takes no command at all.
#include <aggregates/conversation/commands.hpp>
#include <aggregates/conversation/state.hpp>
#include <eventstore/aggregate/decider_of.hpp>

namespace domain {

struct Conversation
    : eventstore::DeciderOf<
          "conversation", ConversationState,
          eventstore::Events<ConversationOpened, ConversationAssigned, MessageSent, MessageReceived, MessageDelivered,
                             MessageRead, MessageFailed, ConversationClosed, ConversationReopened, ConversationDeleted,
                             MessageAccepted, MessagePlayed, MessageEdited, MessageRevoked, MessageReacted,
                             ConversationOptedOut, ConversationOptedIn, ConversationWaiting, ConversationEscalated,
                             ConversationResolved>,
          eventstore::Commands<OpenConversation, AssignConversation, SendMessage, SendCampaignMessage, ReceiveMessage,
                               MarkMessageDelivered, MarkMessageRead, MarkMessageFailed, CloseConversation,
                               ReopenConversation, DeleteConversation, MarkMessagePlayed, EditMessage, RevokeMessage,
                               ReactToMessage, OptOutOfConversation, OptInToConversation, WaitInConversation,
                               EscalateConversation, ResolveConversation>> {
  static void evolve(State& state, const ConversationOpened& event, const Metadata& metadata);
  static void evolve(State& state, const ConversationAssigned& event);
  static void evolve(State& state, const MessageSent& event);
  static void evolve(State& state, const MessageReceived& event, const Metadata& metadata);
  static void evolve(State& state, const MessageAccepted& event);
  static void evolve(State& state, const MessageDelivered& event);
  static void evolve(State& state, const MessageRead& event);
  static void evolve(State& state, const MessagePlayed& event);
  static void evolve(State& state, const MessageFailed& event);
  static void evolve(State& state, const MessageEdited& event, const Metadata& metadata);
  static void evolve(State& state, const MessageRevoked& event, const Metadata& metadata);
  static void evolve(State& state, const MessageReacted& event, const Metadata& metadata);
  static void evolve(State& state, const ConversationOptedOut& event, const Metadata& metadata);
  static void evolve(State& state, const ConversationOptedIn& event);
  static void evolve(State& state, const ConversationWaiting& event, const Metadata& metadata);
  static void evolve(State& state, const ConversationEscalated& event, const Metadata& metadata);
  static void evolve(State& state, const ConversationResolved& event, const Metadata& metadata);
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
  static Decision decide(const State& state, const MarkMessagePlayed& command);
  static Decision decide(const State& state, const MarkMessageFailed& command);
  static Decision decide(const State& state, const EditMessage& command);
  static Decision decide(const State& state, const RevokeMessage& command);
  static Decision decide(const State& state, const ReactToMessage& command);
  static Decision decide(const State& state, const OptOutOfConversation& command);
  static Decision decide(const State& state, const OptInToConversation& command);
  static Decision decide(const State& state, const WaitInConversation& command);
  static Decision decide(const State& state, const EscalateConversation& command);
  static Decision decide(const State& state, const ResolveConversation& command);
  static Decision decide(const State& state, const CloseConversation& command, const Context& context);
  static Decision decide(const State& state, const ReopenConversation& command);
  static Decision decide(const State& state, const DeleteConversation& command);

  // Messages and statuses that changed nothing, which imported histories hold, are not counted twice.
  static void measure(const MessageSent& event, const State& before, const State& after, Measurements& to);
  static void measure(const MessageReceived& event, const State& before, const State& after, Measurements& to);
  static void measure(const MessageDelivered& event, const State& before, const State& after, Measurements& to);
  static void measure(const MessageRead& event, const State& before, const State& after, Measurements& to);
  static void measure(const MessagePlayed& event, const State& before, const State& after, Measurements& to);
  static void measure(const MessageFailed& event, const State& before, const State& after, Measurements& to);
  static void measure(const ConversationOptedOut& event, const State& before, const State& after, Measurements& to);
  static void measure(const ConversationEscalated& event, const State& before, const State& after, Measurements& to);
  static void measure(const ConversationResolved& event, const State& before, const State& after, Measurements& to);
  static void measure(const ConversationClosed& event, const State& before, const State& after, Measurements& to);

  /// The contact or the group, in whichever direction a message goes: who sends and who receives it may be an agent, a
  /// campaign or a program. Empty, which leaves it to the stream's key, before the opening names the contact.
  static std::string subject(const State& state) { return state.contact_id; }

  static Decision make_up(Random& random, const State& state);
};

}  // namespace domain
