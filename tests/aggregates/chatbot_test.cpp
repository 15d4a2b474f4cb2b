#include "support.hpp"

#include <aggregates/chatbot/chatbot.hpp>
#include <catch2/catch.hpp>

namespace chatbot_test {

using namespace domain;
using namespace domain::testing;
using eventstore::Json;
using eventstore::testing::given;

namespace {

const Json greeting{R"({"start":"greet"})"};
const CreateChatbot create{"Front desk", Channel::whatsapp, greeting};
const ChatbotCreated created{"Front desk", Channel::whatsapp, greeting};
const ExecuteChatbot execute{"c-1", "p-1", "Hi", "Hello!", 120};
const ChatbotExecuted executed{"c-1", "p-1", "Hi", "Hello!", 120};

ChatbotDetails activity(bool active) {
  ChatbotDetails made{};
  made.active = active;
  return made;
}

const auto when_created = given<Chatbot>(created);
const auto when_inactive = given<Chatbot>(created, ChatbotChanged{activity(false)});
const auto when_deleted = given<Chatbot>(created, ChatbotDeleted{});

}  // namespace

TEST_CASE("a chatbot is created once and is active", "[chatbot]") {
  CHECK(given<Chatbot>().when(create).is(created));
  CHECK(given<Chatbot>().when(create).state().active);
  CHECK(when_created.when(create).is_refused_with("already_exists"));
  CHECK(given<Chatbot>().when(CreateChatbot{"", Channel::sms, {}}).is_refused("name may not be empty"));
}

TEST_CASE("a chatbot changes in the fields that are given", "[chatbot]") {
  ChatbotDetails renamed{};
  renamed.name = "Night shift";
  CHECK(when_created.when(ChangeChatbot{renamed}).is(ChatbotChanged{renamed}));
  CHECK(when_created.when(ChangeChatbot{renamed}).state().definition == greeting);
  CHECK_FALSE(when_created.when(ChangeChatbot{activity(false)}).state().active);
  CHECK(when_inactive.when(ChangeChatbot{activity(true)}).state().active);
  CHECK(when_created.when(ChangeChatbot{activity(true)}).is_nothing());
  CHECK(when_created.when(ChangeChatbot{}).is_refused_with("nothing_to_change"));
  renamed.name = "";
  CHECK(when_created.when(ChangeChatbot{renamed}).is_refused_with("empty_text"));
}

TEST_CASE("each execution of an active chatbot counts", "[chatbot]") {
  CHECK(when_created.when(execute).is(executed));
  CHECK(given<Chatbot>(created, executed).when(execute).is(executed));
  CHECK(given<Chatbot>(created, executed).when(execute).state().executions == 2);
  CHECK(when_inactive.when(execute).is_refused("an inactive chatbot cannot be executed"));
  CHECK(when_created.when(ExecuteChatbot{"", {}, "Hi", {}, {}}).is_refused("conversation_id may not be empty"));
  CHECK(when_created.when(ExecuteChatbot{"c-1", {}, "Hi", {}, -1}).is_refused_with("bad_duration"));
}

TEST_CASE("executions of a chatbot are measured", "[chatbot]") {
  const auto state = history<Chatbot>(created);
  CHECK(measured<Chatbot>(state, executed) == Lines{R"(chatbots_executed 1 {} {"channel":"whatsapp"})",
                                                    R"(chatbot_duration_ms 120 {} {"channel":"whatsapp"})"});
  CHECK(measured<Chatbot>(state, ChatbotExecuted{"c-1", {}, "Hi", {}, {}}) ==
        Lines{R"(chatbots_executed 1 {} {"channel":"whatsapp"})"});
}

TEST_CASE("a deleted chatbot is not active and takes no command", "[chatbot]") {
  CHECK(when_created.when(DeleteChatbot{"replaced"}).is(ChatbotDeleted{"replaced"}));
  CHECK_FALSE(when_deleted.state().active);
  CHECK(when_deleted.when(DeleteChatbot{}).is_nothing());
  CHECK(when_deleted.when(execute).is_refused("a deleted chatbot takes no command"));
  CHECK(when_deleted.when(ChangeChatbot{activity(true)}).is_refused_with("wrong_status"));
  CHECK_FALSE(history<Chatbot>(created, ChatbotDeleted{}, ChatbotChanged{activity(true)}).active);
}

TEST_CASE("history of a chatbot is taken in any order", "[chatbot][history]") {
  const ChatbotChanged off{activity(false)};
  const auto in_order = history<Chatbot>(created, executed, off, executed);
  CHECK(in_order.executions == 2);
  CHECK_FALSE(in_order.active);
  CHECK(history<Chatbot>(executed, off, executed, created) == in_order);
  CHECK(history<Chatbot>(off, created, executed, created, executed) == in_order);
  CHECK(history<Chatbot>(off).early);
  CHECK(given<Chatbot>(executed, off).when(create).is(created));
  CHECK(given<Chatbot>(ChatbotDeleted{}).when(create).is_refused_with("wrong_status"));
}

}  // namespace chatbot_test
