// Messages that are edited, revoked and reacted to, and messages that have an id of their provider.
#include "support.hpp"

#include <aggregates/common/early.hpp>
#include <aggregates/conversation/conversation.hpp>
#include <aggregates/conversation/message_changes.hpp>
#include <aggregates/conversation/message_ids.hpp>
#include <catch2/catch.hpp>

namespace message_changes_test {

using namespace domain;
using namespace domain::testing;
using eventstore::testing::given;

namespace {

const ConversationOpened opened{"contact-1", Channel::whatsapp, "agent-1"};

MessageSent sent(std::string id, std::optional<std::string> provider_message_id = {}) {
  MessageSent message{.message_id = std::move(id), .sender_id = "agent-1", .receiver_id = "contact-1"};
  message.message_content = "Hello";
  message.provider_message_id = std::move(provider_message_id);
  return message;
}

MessageEdited edited(std::string text) { return {"m-1", std::move(text), {}, {}}; }
MessageReacted reacted(std::optional<std::string> emoji, std::string sender = "contact-1") {
  return {"m-1", std::move(sender), std::move(emoji), {}};
}
const MessageRevoked revoked{"m-1", {}};

}  // namespace

TEST_CASE("a message is edited, revoked and reacted to", "[conversation][changes]") {
  const auto talk = given<Conversation>(opened, sent("m-1"));
  CHECK(talk.when(EditMessage{"m-1", "Hello you", {}}).is(edited("Hello you")));
  CHECK(talk.when(EditMessage{"m-1", "", {}}).is_refused("an edit gives a message_content or a media_url"));
  CHECK(talk.when(EditMessage{"", "Hi", {}}).is_refused("message_id may not be empty"));
  CHECK(talk.when(RevokeMessage{"m-1"}).is(revoked));
  CHECK(talk.when(ReactToMessage{"m-1", "contact-1", "+"}).is(reacted("+")));
  CHECK(talk.when(ReactToMessage{"m-1", "", "+"}).is_refused("sender_id may not be empty"));
}

TEST_CASE("a repeated change is nothing to do", "[conversation][changes]") {
  const auto liked = given<Conversation>(opened, sent("m-1"), reacted("+"));
  CHECK(liked.when(ReactToMessage{"m-1", "contact-1", "+"}).is_nothing());
  CHECK(liked.when(ReactToMessage{"m-1", "contact-1", "-"}).is(reacted("-")));
  CHECK(liked.when(ReactToMessage{"m-1", "agent-1", "+"}).is(reacted("+", "agent-1")));
  CHECK(liked.when(ReactToMessage{"m-1", "contact-1", ""}).is(reacted({})));
  CHECK(liked.when(ReactToMessage{"m-1", "agent-1", {}}).is_nothing());
  CHECK(given<Conversation>(opened, sent("m-1"), reacted("+"), reacted({}))
            .when(ReactToMessage{"m-1", "contact-1", {}})
            .is_nothing());
  CHECK(given<Conversation>(opened, sent("m-1"), revoked).when(RevokeMessage{"m-1"}).is_nothing());
}

TEST_CASE("a revoked message is neither edited nor reacted to", "[conversation][changes]") {
  const auto gone = given<Conversation>(opened, sent("m-1"), revoked);
  CHECK(gone.when(EditMessage{"m-1", "Hi", {}}).is_refused("a revoked message cannot be edited"));
  CHECK(gone.when(ReactToMessage{"m-1", "contact-1", "+"}).is_refused("a revoked message cannot be reacted to"));
  CHECK(!gone.when(MarkMessageRead{"m-1"}).is_refused());
}

TEST_CASE("of several changes the newest counts, in whatever order they come", "[conversation][changes]") {
  const auto change_after = [](const std::vector<std::int64_t>& seconds) {
    auto state = history<Conversation>(opened, sent("m-1"));
    for (const auto number : seconds) {
      Conversation::evolve(state, edited(std::to_string(number)), at(second(number)));
      Conversation::evolve(state, reacted(number == 30 ? std::nullopt : std::optional{std::to_string(number)}),
                           at(second(number)));
    }
    Conversation::evolve(state, revoked, at(second(40)));
    Conversation::evolve(state, revoked, at(second(50)));
    return state.message_changes->at("m-1");
  };
  const auto in_order = change_after({10, 20, 30});
  CHECK(in_order.edited_at == second(30));
  CHECK(in_order.revoked_at == second(40));
  CHECK(in_order.reactions == MessageReactions{{"contact-1", {std::nullopt, second(30)}}});
  for (const auto& order : {std::vector<std::int64_t>{30, 20, 10}, {20, 30, 10}, {30, 10, 20, 30}})
    CHECK(change_after(order) == in_order);
}

TEST_CASE("changes that come before their message wait for it", "[conversation][changes]") {
  const auto in_order = history<Conversation>(opened, sent("m-1"), edited("Hi"), reacted("+"));
  ConversationState state{};
  Conversation::evolve(state, opened, at(second(1)));
  Conversation::evolve(state, edited("Hi"), at(second(3)));
  Conversation::evolve(state, reacted("+"), at(second(4)));
  REQUIRE(state.early_changes);
  CHECK(state.early_changes->front().message_content == "Hi");
  CHECK(!state.message_changes);
  Conversation::evolve(state, sent("m-1"));
  CHECK(state == in_order);
  CHECK(given<Conversation>(opened, revoked).when(RevokeMessage{"m-1"}).is_nothing());
}

TEST_CASE("of the changes that wait those of the newest hundred messages are kept", "[conversation][changes]") {
  auto state = history<Conversation>(opened);
  for (std::size_t n = 0; n <= early_receipts_max; ++n)
    for (int twice = 0; twice < 2; ++twice)
      Conversation::evolve(state, MessageRevoked{"m-" + std::to_string(n), {}}, at(second(5)));
  REQUIRE(state.early_changes->size() == early_receipts_max);
  CHECK(!is_revoked(state, "m-0"));
  CHECK(is_revoked(state, "m-1"));
  CHECK(is_revoked(state, "m-" + std::to_string(early_receipts_max)));
}

TEST_CASE("a message that comes twice under its provider's id is one message", "[conversation][provider]") {
  const auto once = history<Conversation>(opened, sent("m-1", "wamid.A"));
  CHECK(once.messages == MessageStatuses{{"m-1", MessageStatus::sent}});
  for (const auto& repeat : {sent("m-2", "wamid.A"), sent(message_id_of("wamid.A"), "wamid.A"), sent("m-1")}) {
    auto after = once;
    Conversation::evolve(after, repeat);
    CHECK(after == once);
    CHECK(measured<Conversation>(once, repeat).empty());
  }
  auto after = history<Conversation>(opened, sent(message_id_of("wamid.A"), "wamid.A"));
  CHECK(!after.message_aliases);
  Conversation::evolve(after, sent("m-1", "wamid.A"));
  CHECK(after.messages.size() == 1);

  SendMessage again{"m-2", "agent-1", "contact-1", "Hello"};
  again.provider_message_id = "wamid.A";
  CHECK(given<Conversation>(opened, sent("m-1", "wamid.A")).when(again).is_nothing());
  ReceiveMessage echo{"m-3", "contact-1", "agent-1", "Hello"};
  echo.provider_message_id = "wamid.A";
  CHECK(given<Conversation>(opened, sent("m-1", "wamid.A")).when(echo).is_nothing());
  again.provider_message_id = "";
  CHECK(given<Conversation>(opened).when(again).is_refused("provider_message_id may not be empty"));
}

TEST_CASE("reports under the provider's id are about the message", "[conversation][provider]") {
  const auto name = message_id_of("wamid.A");
  const auto state =
      history<Conversation>(opened, sent("m-1", "wamid.A"), MessageDelivered{name, {}}, MessageRevoked{name, {}});
  CHECK(state.messages == MessageStatuses{{"m-1", MessageStatus::delivered}});
  CHECK(state.counts == StatusCounts{{"delivered", 1}});
  CHECK(is_revoked(state, "m-1"));
  CHECK(measured<Conversation>(state, MessageRead{name, {}}) ==
        Lines{R"(messages_read 1 {"agent_id":"agent-1"} {"channel":"whatsapp"})"});
  CHECK(given<Conversation>(opened, sent("m-1", "wamid.A"), MessageRead{"m-1", {}})
            .when(MarkMessageDelivered{name, {}})
            .is_nothing());
}

TEST_CASE("reports under the provider's id that come first wait for the message", "[conversation][provider]") {
  const auto name = message_id_of("wamid.A");
  const auto waiting =
      history<Conversation>(opened, MessageAccepted{name, {}}, MessageRead{name, {}}, MessageRevoked{name, {}});
  CHECK(measured<Conversation>(waiting, sent("m-1", "wamid.A")) ==
        Lines{R"(messages_sent 1 {"agent_id":"agent-1"} {"channel":"whatsapp"})",
              R"(messages_read 1 {"agent_id":"agent-1"} {"channel":"whatsapp"})"});
  auto state = waiting;
  Conversation::evolve(state, sent("m-1", "wamid.A"));
  CHECK(state.messages == MessageStatuses{{"m-1", MessageStatus::read}});
  CHECK(is_revoked(state, "m-1"));
  CHECK(!state.early_statuses);
  CHECK(!state.early_changes);
}

TEST_CASE("the price waits for the message although its status comes too late", "[conversation][provider]") {
  const eventstore::Json price{R"({"pricing":{"category":"service"}})"};
  auto state = history<Conversation>(opened, MessageRead{"m-1", {}}, MessageDelivered{"m-1", price});
  REQUIRE(state.early_statuses->size() == 2);
  CHECK(state.early_statuses->back().metadata == price);
  Conversation::evolve(state, MessageDelivered{"m-1", price});
  CHECK(state.early_statuses->size() == 2);
  Conversation::evolve(state, sent("m-1"));
  CHECK(state.messages.at("m-1") == MessageStatus::read);
  CHECK(!state.early_statuses);
}

TEST_CASE("an acceptance changes no status and no count", "[conversation][provider]") {
  const auto before = history<Conversation>(opened, sent("m-1"));
  auto after = before;
  Conversation::evolve(after, MessageAccepted{"m-1", eventstore::Json{R"({"pricing":{}})"}});
  CHECK(after == before);
  const auto early = history<Conversation>(opened, MessageAccepted{"m-9", {}});
  auto twice = early;
  Conversation::evolve(twice, MessageAccepted{"m-9", {}});
  CHECK(twice == early);
  Conversation::evolve(twice, sent("m-9"));
  CHECK(twice.messages.at("m-9") == MessageStatus::sent);
  CHECK(!twice.early_statuses);
}

}  // namespace message_changes_test
