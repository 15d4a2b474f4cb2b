// The life of a conversation as a helpdesk knows it, and the contact's wish for no more messages.
#include "support.hpp"

#include <aggregates/conversation/conversation.hpp>
#include <aggregates/conversation/opt_out_words.hpp>
#include <catch2/catch.hpp>

namespace conversation_helpdesk_test {

using namespace domain;
using namespace domain::testing;
using eventstore::testing::given;

namespace {

const ConversationOpened opened{"contact-1", Channel::sms, "agent-1"};
const ConversationWaiting waiting{"a number is missing", "agent-1"};
const ConversationEscalated escalated{"a refund", "agent-2"};
const ConversationResolved resolved{"answered", "agent-1"};
const ConversationClosed closed{{}, 1, {}};

SendMessage send(std::optional<std::string> campaign_id) {
  SendMessage message{"m-1", "agent-1", "contact-1", "Hello"};
  message.campaign_id = std::move(campaign_id);
  return message;
}

MessageReceived received(MessageType type = MessageType::text) {
  return {.message_id = "m-2",
          .sender_id = "contact-1",
          .receiver_id = "agent-1",
          .message_content = "Hi",
          .message_type = type};
}

ReceiveMessage receive(std::string text) { return {"m-2", "contact-1", "agent-1", std::move(text)}; }

}  // namespace

TEST_CASE("a conversation waits for the contact, is escalated and resolved", "[conversation][helpdesk]") {
  const auto talk = given<Conversation>(opened);
  CHECK(talk.when(WaitInConversation{"a number is missing", {}}).is(waiting));
  CHECK(talk.when(EscalateConversation{"a refund", "agent-2"}).is(escalated));
  CHECK(talk.when(ResolveConversation{"answered", {}}).is(resolved));

  for (const auto& busy : {given<Conversation>(opened, waiting), given<Conversation>(opened, escalated)}) {
    CHECK(!busy.when(ResolveConversation{}).is_refused());
    CHECK(!busy.when(CloseConversation{}).is_refused());
    CHECK(busy.when(ReopenConversation{}).is(ConversationReopened{}));
    CHECK(!busy.when(send({})).is_refused());
    CHECK(!busy.when(AssignConversation{"agent-3"}).is_refused());
  }
  CHECK(given<Conversation>(opened, waiting).when(EscalateConversation{"a refund", "agent-2"}).is(escalated));
  CHECK(given<Conversation>(opened, escalated).when(WaitInConversation{"a number is missing", "agent-1"}).is(waiting));
}

TEST_CASE("a step that was taken is nothing to do", "[conversation][helpdesk]") {
  CHECK(given<Conversation>(opened, waiting).when(WaitInConversation{}).is_nothing());
  CHECK(given<Conversation>(opened, escalated).when(EscalateConversation{}).is_nothing());
  CHECK(given<Conversation>(opened, escalated).when(EscalateConversation{{}, "agent-2"}).is_nothing());
  CHECK(given<Conversation>(opened, escalated)
            .when(EscalateConversation{{}, "agent-3"})
            .is(ConversationEscalated{{}, "agent-3"}));
  CHECK(given<Conversation>(opened, resolved).when(ResolveConversation{}).is_nothing());
}

TEST_CASE("a resolved conversation is closed or reopened", "[conversation][helpdesk]") {
  const auto settled = given<Conversation>(opened, resolved);
  CHECK(settled.when(WaitInConversation{}).is_refused("a resolved conversation cannot wait for the contact"));
  CHECK(settled.when(EscalateConversation{}).is_refused("a resolved conversation cannot be escalated"));
  CHECK(settled.when(ReopenConversation{}).is(ConversationReopened{}));
  CHECK(!settled.when(send({})).is_refused());
  const auto over = given<Conversation>(opened, closed);
  CHECK(over.when(WaitInConversation{}).is_refused("a closed conversation cannot wait for the contact"));
  CHECK(over.when(EscalateConversation{}).is_refused("a closed conversation cannot be escalated"));
  CHECK(over.when(ResolveConversation{}).is_refused("a closed conversation cannot be resolved"));
}

TEST_CASE("the resolution time ends when the conversation was resolved", "[conversation][helpdesk]") {
  eventstore::testing::Given<Conversation> talk;
  talk.at(second(1'000)).and_then(opened).at(second(1'060)).and_then(resolved).at(second(9'000));
  CHECK(talk.when(CloseConversation{}).is(ConversationClosed{{}, 60, "agent-1"}));
  talk.and_then(ConversationReopened{});
  CHECK(talk.when(CloseConversation{}).is(ConversationClosed{{}, 8'000, "agent-1"}));
}

TEST_CASE("the contact's message opens what waits or is resolved", "[conversation][helpdesk]") {
  for (const auto& state :
       {history<Conversation>(opened, waiting, received()), history<Conversation>(opened, resolved, received())}) {
    CHECK(state.status == ConversationStatus::open);
    CHECK(!state.waiting_at);
    CHECK(!state.resolved_at);
  }
  CHECK(history<Conversation>(opened, escalated, received()).status == ConversationStatus::escalated);
  CHECK(history<Conversation>(opened, closed, received()).status == ConversationStatus::closed);
}

TEST_CASE("what is no answer leaves a conversation waiting", "[conversation][helpdesk]") {
  SECTION("a message that came before") {
    auto state = history<Conversation>(opened);
    Conversation::evolve(state, waiting, at(second(50)));
    Conversation::evolve(state, received(), at(second(49)));
    CHECK(state.status == ConversationStatus::waiting);
  }
  SECTION("a message that is there already") {
    const auto state = history<Conversation>(opened, received(), waiting, received());
    CHECK(state.status == ConversationStatus::waiting);
  }
  SECTION("what the messenger says of the contact") {
    CHECK(history<Conversation>(opened, waiting, received(MessageType::system)).status == ConversationStatus::waiting);
  }
}

TEST_CASE("a conversation remembers since when it has its status", "[conversation][helpdesk]") {
  const auto state = history<Conversation>(opened, escalated, waiting, resolved, closed);
  CHECK(state.status == ConversationStatus::closed);
  CHECK(state.escalated_at == second(2));
  CHECK(!state.waiting_at);
  CHECK(state.resolved_at == second(4));
  CHECK(state.closed_at == second(5));
  CHECK(state.agent_id == "agent-2");
  const auto anew = history<Conversation>(opened, escalated, resolved, closed, ConversationReopened{});
  CHECK(anew == [] {
    auto plain = history<Conversation>(opened);
    plain.agent_id = "agent-2";
    return plain;
  }());
}

TEST_CASE("an opening that comes late takes no status back", "[conversation][helpdesk]") {
  for (const auto late : {1, 200}) {
    ConversationState state{};
    Conversation::evolve(state, resolved, at(second(100)));
    Conversation::evolve(state, opened, at(second(late)));
    CHECK(state.status == (late == 1 ? ConversationStatus::resolved : ConversationStatus::open));
  }
}

TEST_CASE("resolutions and escalations are measured once", "[conversation][helpdesk]") {
  const auto talk = history<Conversation>(opened);
  CHECK(measured<Conversation>(talk, resolved) ==
        Lines{R"(conversations_resolved 1 {"agent_id":"agent-1"} {"channel":"sms"})"});
  CHECK(measured<Conversation>(talk, escalated) ==
        Lines{R"(conversations_escalated 1 {"agent_id":"agent-2"} {"channel":"sms"})"});
  CHECK(measured<Conversation>(history<Conversation>(opened, resolved), resolved).empty());
  CHECK(measured<Conversation>(history<Conversation>(opened, escalated), escalated).empty());
}

TEST_CASE("a received message that asks for no more is an opt-out in the same commit", "[conversation][opt_out]") {
  for (const std::string text : {"STOP", " stop. ", "Unsubscribe", "BAJA", "opt out"}) {
    CAPTURE(text);
    CHECK(given<Conversation>(opened)
              .when(receive(text))
              .is(
                  MessageReceived{
                      .message_id = "m-2", .sender_id = "contact-1", .receiver_id = "agent-1", .message_content = text},
                  ConversationOptedOut{"m-2", text}));
  }
  for (const std::string text : {"Stop it, I have to laugh", "Where do I stop the machine?", "no", "bus stop"}) {
    CAPTURE(text);
    CHECK(!asks_for_no_more(text));
    CHECK(!given<Conversation>(opened).when(receive(text)).state().opted_out_at);
  }
  const auto out = given<Conversation>(opened, ConversationOptedOut{"m-1", "STOP"});
  CHECK(out.when(receive("STOP"))
            .is(MessageReceived{
                .message_id = "m-2", .sender_id = "contact-1", .receiver_id = "agent-1", .message_content = "STOP"}));
}

TEST_CASE("after an opt-out no campaign writes, and agents answer", "[conversation][opt_out]") {
  const SendCampaignMessage offer{"contact-1", Channel::sms, "c-1", "m-9", "Buy"};
  const auto out = given<Conversation>(opened, ConversationOptedOut{{}, {}});
  CHECK(out.when(offer).is_nothing());
  CHECK(out.when(send("c-1")).is_refused("the contact has opted out of messages that they have not asked for"));
  CHECK(!out.when(send({})).is_refused());
  CHECK(out.when(OptOutOfConversation{}).is_nothing());
  CHECK(out.when(OptInToConversation{"m-3", "START"}).is(ConversationOptedIn{"m-3", "START"}));
  const auto in = given<Conversation>(opened, ConversationOptedOut{{}, {}}, ConversationOptedIn{{}, {}});
  CHECK(!in.when(offer).is_refused());
  CHECK(!in.when(offer).is_nothing());
  CHECK(in.when(OptInToConversation{}).is_nothing());
  CHECK(in.when(OptOutOfConversation{{}, "by phone"}).is(ConversationOptedOut{{}, "by phone"}));
}

TEST_CASE("an opt-out is measured once", "[conversation][opt_out]") {
  CHECK(measured<Conversation>(history<Conversation>(opened), ConversationOptedOut{{}, {}}) ==
        Lines{R"(conversations_opted_out 1 {"agent_id":"agent-1"} {"channel":"sms"})"});
  CHECK(
      measured<Conversation>(history<Conversation>(opened, ConversationOptedOut{{}, {}}), ConversationOptedOut{{}, {}})
          .empty());
  CHECK(history<Conversation>(opened, ConversationOptedOut{{}, {}}, ConversationOptedOut{{}, {}}).opted_out_at ==
        second(2));
}

}  // namespace conversation_helpdesk_test
