#include "support.hpp"

#include <aggregates/conversation/conversation.hpp>
#include <catch2/catch.hpp>

namespace conversation_history_test {

using namespace domain;
using namespace domain::testing;

namespace {

const ConversationOpened opened{"contact-1", Channel::sms, "agent-1"};
const MessageSent sent{"m-1", "agent-1", "contact-1", "Hello", MessageType::text, {}, "c-1", {}, {}};
const MessageReceived received{"m-2", "contact-1", "agent-1", "Hi", MessageType::text, {}, {}, {}, {}};

}  // namespace

TEST_CASE("a conversation's life shows in its state", "[conversation]") {
  const auto state = history<Conversation>(opened, sent, received, MessageDelivered{"m-1"}, MessageRead{"m-1"},
                                           ConversationAssigned{"agent-2"}, ConversationClosed{"done", 6, {}});
  CHECK(state.contact_id == "contact-1");
  CHECK(state.channel == Channel::sms);
  CHECK(state.agent_id == "agent-2");
  CHECK(state.status == ConversationStatus::closed);
  CHECK(state.messages == MessageStatuses{{"m-1", MessageStatus::read}, {"m-2", MessageStatus::delivered}});
  CHECK(state.counts == StatusCounts{{"delivered", 1}, {"read", 1}});
  CHECK(state.opened_at == second(1));
  CHECK(state.closed_at == second(7));
  CHECK(state.resolution_time_seconds == 6);
}

TEST_CASE("reopening forgets the closing and keeps the opening", "[conversation]") {
  const auto state = history<Conversation>(opened, ConversationClosed{{}, 6, {}}, ConversationReopened{});
  CHECK(state.status == ConversationStatus::open);
  CHECK(state.opened_at == second(1));
  CHECK(!state.closed_at);
  CHECK(!state.resolution_time_seconds);
}

TEST_CASE("a late or repeated status changes nothing", "[conversation]") {
  const auto read = history<Conversation>(opened, sent, MessageRead{"m-1"});
  auto after = read;
  Conversation::evolve(after, MessageDelivered{"m-1"});
  Conversation::evolve(after, MessageRead{"m-1"});
  Conversation::evolve(after, MessageFailed{"m-1", "1", "late"});
  Conversation::evolve(after, sent);
  CHECK(after == read);

  const auto failed = history<Conversation>(opened, sent, MessageDelivered{"m-1"}, MessageFailed{"m-1", {}, {}});
  CHECK(failed.counts == StatusCounts{{"failed", 1}});
  after = failed;
  Conversation::evolve(after, MessageRead{"m-1"});
  CHECK(after == failed);
}

TEST_CASE("any history of a conversation is taken as fact", "[conversation]") {
  SECTION("a message on a stream that was never opened") {
    const auto state = history<Conversation>(sent);
    CHECK(state.status == ConversationStatus::open);
    CHECK(state.messages.size() == 1);
    CHECK(!state.opened_at);
  }
  SECTION("statuses of a message that never comes show in no message and no count") {
    const auto state = history<Conversation>(MessageRead{"m-9"}, MessageFailed{"m-9", {}, {}});
    CHECK(state.messages.empty());
    CHECK(state.counts.empty());
  }
  SECTION("closed without opening, with a time below zero, twice; sent after that") {
    const auto state = history<Conversation>(ConversationClosed{{}, -5, {}}, ConversationClosed{{}, -6, {}}, sent);
    CHECK(state.status == ConversationStatus::closed);
    CHECK(state.resolution_time_seconds == -6);
    CHECK(state.messages.size() == 1);
  }
  SECTION("deleted first") { CHECK(history<Conversation>(ConversationDeleted{}, opened).deleted_at == second(1)); }
}

TEST_CASE("messages are measured with their campaign and agent", "[conversation]") {
  const auto before = history<Conversation>(opened, sent);
  CHECK(measured<Conversation>(history<Conversation>(opened), sent) ==
        Lines{R"(messages_sent 1 {"agent_id":"agent-1","campaign_id":"c-1"} {"channel":"sms"})"});
  CHECK(measured<Conversation>(before, received) ==
        Lines{R"(messages_received 1 {"agent_id":"agent-1"} {"channel":"sms"})"});
  CHECK(measured<Conversation>(before, MessageDelivered{"m-1"}) ==
        Lines{R"(messages_delivered 1 {"agent_id":"agent-1","campaign_id":"c-1"} {"channel":"sms"})"});
  CHECK(measured<Conversation>(before, MessageRead{"m-1"}) ==
        Lines{R"(messages_read 1 {"agent_id":"agent-1","campaign_id":"c-1"} {"channel":"sms"})"});
  CHECK(measured<Conversation>(before, MessageFailed{"m-1", {}, {}}) ==
        Lines{R"(messages_failed 1 {"agent_id":"agent-1","campaign_id":"c-1"} {"channel":"sms"})"});

  auto by_another = received;
  by_another.agent_id = "agent-7";
  CHECK(measured<Conversation>(before, by_another) ==
        Lines{R"(messages_received 1 {"agent_id":"agent-7"} {"channel":"sms"})"});
  CHECK(measured<Conversation>(ConversationState{}, received) ==
        Lines{R"(messages_received 1 {} {"channel":"whatsapp"})"});
}

TEST_CASE("what changed nothing is not measured", "[conversation]") {
  const auto read = history<Conversation>(opened, sent, MessageRead{"m-1"});
  CHECK(measured<Conversation>(read, MessageRead{"m-1"}).empty());
  CHECK(measured<Conversation>(read, MessageDelivered{"m-1"}).empty());
  CHECK(measured<Conversation>(read, MessageFailed{"m-1", {}, {}}).empty());
  CHECK(measured<Conversation>(read, MessageRead{"m-9"}).empty());
  CHECK(measured<Conversation>(read, sent).empty());
}

TEST_CASE("closings are measured with their resolution time", "[conversation]") {
  CHECK(measured<Conversation>(history<Conversation>(opened), ConversationClosed{{}, 3'600, {}}) ==
        Lines{R"(conversations_closed 1 {"agent_id":"agent-1"} {"channel":"sms"})",
              R"(conversation_resolution_seconds 3600 {"agent_id":"agent-1"} {"channel":"sms"})"});
  CHECK(measured<Conversation>(ConversationState{}, ConversationClosed{{}, 60, "agent-9"})[1] ==
        R"(conversation_resolution_seconds 60 {"agent_id":"agent-9"} {"channel":"whatsapp"})");
}

}  // namespace conversation_history_test
