#include "support.hpp"

#include <aggregates/common/early.hpp>
#include <aggregates/conversation/conversation.hpp>
#include <catch2/catch.hpp>

namespace early_conversation_test {

using namespace domain;
using namespace domain::testing;
using eventstore::testing::given;

namespace {

const ConversationOpened opened{"contact-1", Channel::sms, "agent-1"};

MessageSent sent(std::string id) {
  return {.message_id = std::move(id),
          .sender_id = "agent-1",
          .receiver_id = "contact-1",
          .message_content = "Hello",
          .campaign_id = "c-1"};
}

ConversationState waiting_for(std::size_t messages) {
  auto state = history<Conversation>(opened);
  for (std::size_t n = 0; n < messages; ++n) Conversation::evolve(state, MessageRead{"m-" + std::to_string(n)});
  return state;
}

}  // namespace

TEST_CASE("a status that comes before its message waits for it", "[conversation][early]") {
  const auto waiting = history<Conversation>(opened, MessageDelivered{"m-1"}, MessageRead{"m-1"});
  CHECK(waiting.messages.empty());
  CHECK(waiting.counts.empty());
  CHECK(waiting.early_statuses == EarlyStatuses{{"m-1", MessageStatus::delivered}, {"m-1", MessageStatus::read}});
  auto state = waiting;
  Conversation::evolve(state, sent("m-1"));
  CHECK(state.messages == MessageStatuses{{"m-1", MessageStatus::read}});
  CHECK(state.counts == StatusCounts{{"read", 1}});
  CHECK(!state.early_statuses);
  CHECK(measured<Conversation>(waiting, sent("m-1")) ==
        Lines{R"(messages_sent 1 {"agent_id":"agent-1","campaign_id":"c-1"} {"channel":"sms"})",
              R"(messages_delivered 1 {"agent_id":"agent-1","campaign_id":"c-1"} {"channel":"sms"})",
              R"(messages_read 1 {"agent_id":"agent-1","campaign_id":"c-1"} {"channel":"sms"})"});
}

TEST_CASE("a received message takes what tells more than that it arrived", "[conversation][early]") {
  const MessageReceived received{.message_id = "m-1", .sender_id = "contact-1", .receiver_id = "agent-1"};
  const auto delivered = history<Conversation>(opened, MessageDelivered{"m-1"});
  CHECK(measured<Conversation>(delivered, received).size() == 1);
  CHECK(history<Conversation>(opened, MessageDelivered{"m-1"}, received) == history<Conversation>(opened, received));
  CHECK(history<Conversation>(opened, MessageRead{"m-1"}, received).messages.at("m-1") == MessageStatus::read);
}

TEST_CASE("a status that tells nothing more does not wait", "[conversation][early]") {
  const auto failed = history<Conversation>(opened, MessageFailed{.message_id = "m-1"});
  for (const auto& repeat : {failed, failed}) {
    auto after = repeat;
    Conversation::evolve(after, MessageDelivered{"m-1"});
    Conversation::evolve(after, MessageFailed{.message_id = "m-1"});
    Conversation::evolve(after, MessageRead{"m-1"});
    CHECK(after == failed);
  }
}

TEST_CASE("of the statuses that wait the newest hundred are kept", "[conversation][early]") {
  auto full = waiting_for(early_receipts_max);
  REQUIRE(full.early_statuses->size() == early_receipts_max);
  CHECK(full.early_statuses->front().message_id == "m-0");
  Conversation::evolve(full, MessageRead{"m-1"});  // a repeat pushes nothing out
  CHECK(full.early_statuses->front().message_id == "m-0");

  Conversation::evolve(full, MessageRead{"one more"});
  REQUIRE(full.early_statuses->size() == early_receipts_max);
  CHECK(full.early_statuses->front().message_id == "m-1");
  Conversation::evolve(full, sent("m-0"));
  Conversation::evolve(full, sent("m-1"));
  Conversation::evolve(full, sent("one more"));
  CHECK(full.messages ==
        MessageStatuses{{"m-0", MessageStatus::sent}, {"m-1", MessageStatus::read}, {"one more", MessageStatus::read}});
  CHECK(full.early_statuses->size() == early_receipts_max - 2);
}

TEST_CASE("a command takes a status that comes before its message once", "[conversation][early]") {
  const auto empty = given<Conversation>(opened);
  CHECK(empty.when(MarkMessageDelivered{"m-9"}).is(MessageDelivered{"m-9"}));
  CHECK(empty.when(MarkMessageRead{"m-9"}).is(MessageRead{"m-9"}));
  CHECK(empty.when(MarkMessageFailed{"m-9", "1", "gone"}).is(MessageFailed{"m-9", "1", "gone"}));
  CHECK(empty.when(MarkMessageRead{""}).is_refused());
  const auto read = given<Conversation>(opened, MessageRead{"m-9"});
  CHECK(read.when(MarkMessageRead{"m-9"}).is_nothing());
  CHECK(read.when(MarkMessageDelivered{"m-9"}).is_nothing());
  CHECK(read.when(SendMessage{"m-9", "agent-1", "contact-1", "Hello"}).state().messages.at("m-9") ==
        MessageStatus::read);
}

TEST_CASE("a conversation whose messages came first can be opened", "[conversation][early]") {
  const OpenConversation open{"contact-1", Channel::sms, "agent-1"};
  CHECK(given<Conversation>(sent("m-1"), MessageRead{"m-2"}).when(open).is(opened));
  CHECK(given<Conversation>(opened).when(open).is_refused("the conversation is opened already"));
  CHECK(given<Conversation>(ConversationDeleted{}).when(open).is_refused("the conversation is deleted"));
}

TEST_CASE("an opening that comes late takes nothing back", "[conversation][early]") {
  CHECK(history<Conversation>(ConversationAssigned{"agent-2"}, opened).agent_id == "agent-2");
  CHECK(history<Conversation>(opened, ConversationOpened{"contact-1", Channel::sms, {}}).agent_id == std::nullopt);
  ConversationState state{};
  Conversation::evolve(state, ConversationClosed{{}, 5, {}}, at(second(9)));
  auto opened_anew = state;
  Conversation::evolve(state, opened, at(second(4)));
  CHECK(state.status == ConversationStatus::closed);
  CHECK(state.opened_at == second(4));
  Conversation::evolve(opened_anew, opened, at(second(12)));
  CHECK(opened_anew.status == ConversationStatus::open);
}

}  // namespace early_conversation_test
