#include "support.hpp"

#include <aggregates/conversation/conversation.hpp>
#include <catch2/catch.hpp>

namespace conversation_commands_test {

using namespace domain;
using namespace domain::testing;
using eventstore::testing::given;

namespace {

const ConversationOpened opened{"contact-1", Channel::whatsapp, "agent-1"};
const MessageSent sent{"m-1", "agent-1", "contact-1", "Hello", MessageType::text, {}, {}, {}, {}};
const MessageReceived received{"m-2", "contact-1", "agent-1", "Hi", MessageType::text, {}, {}, {}, {}};
const ConversationClosed closed{{}, 1, {}};
const SendMessage send{"m-1", "agent-1", "contact-1", "Hello", MessageType::text, {}, {}, {}, {}};
const ReceiveMessage receive{"m-2", "contact-1", "agent-1", "Hi", MessageType::text, {}, {}, {}, {}};

}  // namespace

TEST_CASE("a conversation is opened with a contact", "[conversation]") {
  CHECK(given<Conversation>().when(OpenConversation{"contact-1", Channel::whatsapp, "agent-1"}).is(opened));
  CHECK(given<Conversation>()
            .when(OpenConversation{"contact-1", Channel::voice, {}})
            .is(ConversationOpened{"contact-1", Channel::voice, {}}));
  CHECK(given<Conversation>().when(OpenConversation{}).is_refused("contact_id may not be empty"));
  CHECK(given<Conversation>().when(OpenConversation{"contact-1", {}, ""}).is_refused("agent_id may not be empty"));
}

TEST_CASE("an open conversation is assigned", "[conversation]") {
  CHECK(given<Conversation>(opened).when(AssignConversation{"agent-2"}).is(ConversationAssigned{"agent-2"}));
  CHECK(given<Conversation>(opened).when(AssignConversation{"agent-1"}).is_nothing());
  CHECK(given<Conversation>(opened).when(AssignConversation{}).is_refused());
  CHECK(given<Conversation>(opened, closed)
            .when(AssignConversation{"agent-2"})
            .is_refused("a closed conversation cannot be assigned"));
}

TEST_CASE("messages are sent into an open conversation only", "[conversation]") {
  CHECK(given<Conversation>(opened).when(send).is(sent));
  CHECK(given<Conversation>(opened, closed).when(send).is_refused("a closed conversation cannot send messages"));
  CHECK(given<Conversation>(opened, sent).when(send).is_refused("the conversation has a message m-1 already"));
}

TEST_CASE("messages are received also when the conversation is closed", "[conversation]") {
  CHECK(given<Conversation>(opened).when(receive).is(received));
  CHECK(given<Conversation>(opened, closed).when(receive).is(received));
  CHECK(given<Conversation>(opened, closed).when(receive).state().status == ConversationStatus::closed);
  CHECK(given<Conversation>(opened, received).when(receive).is_nothing());
}

TEST_CASE("a message says who, to whom and what", "[conversation]") {
  for (auto member : {&SendMessage::message_id, &SendMessage::sender_id, &SendMessage::receiver_id}) {
    auto without = send;
    (without.*member).clear();
    CHECK(given<Conversation>(opened).when(without).is_refused());
  }
  for (const auto& nothing : {std::optional<std::string>{}, std::optional<std::string>{""}}) {
    auto without = send;
    without.message_content = nothing;
    CHECK(given<Conversation>(opened).when(without).is_refused());
  }
  auto picture = send;
  picture.message_content = "";
  picture.media_url = "https://media.example.org/1";
  picture.message_type = MessageType::image;
  picture.metadata = eventstore::Json{R"({"size":12})"};
  CHECK(given<Conversation>(opened).when(picture).is(MessageSent{"m-1",
                                                                 "agent-1",
                                                                 "contact-1",
                                                                 "",
                                                                 MessageType::image,
                                                                 "https://media.example.org/1",
                                                                 {},
                                                                 {},
                                                                 eventstore::Json{R"({"size":12})"}}));
}

TEST_CASE("a message may lack text where its type says something without", "[conversation]") {
  const auto without_text = [](MessageType type) {
    auto message = receive;
    message.message_content.reset();
    message.message_type = type;
    return message;
  };
  using enum MessageType;
  for (const auto type : {location, contacts, order, interactive, template_, reaction, system, unsupported}) {
    CAPTURE(to_string(type));
    CHECK(!given<Conversation>(opened).when(without_text(type)).is_refused());
  }
  for (const auto type : {image, document, audio, video, sticker}) {
    CAPTURE(to_string(type));
    auto file = without_text(type);
    CHECK(given<Conversation>(opened).when(file).is_refused());
    file.metadata = eventstore::Json{R"({"image":{"id":"91"}})"};
    CHECK(!given<Conversation>(opened).when(file).is_refused());
    file.metadata.reset();
    file.media_url = "https://media.example.org/1";
    CHECK(!given<Conversation>(opened).when(file).is_refused());
  }
  for (const auto type : {text, button}) CHECK(given<Conversation>(opened).when(without_text(type)).is_refused());
}

TEST_CASE("a message's status goes forward; late and repeated ones are nothing to do", "[conversation]") {
  const auto was_sent = given<Conversation>(opened, sent);
  CHECK(was_sent.when(MarkMessageDelivered{"m-1"}).is(MessageDelivered{"m-1"}));
  CHECK(was_sent.when(MarkMessageRead{"m-1"}).is(MessageRead{"m-1"}));
  CHECK(was_sent.when(MarkMessageFailed{"m-1", "131026", "gone"}).is(MessageFailed{"m-1", "131026", "gone"}));

  const auto delivered = given<Conversation>(opened, sent, MessageDelivered{"m-1"});
  CHECK(delivered.when(MarkMessageDelivered{"m-1"}).is_nothing());
  CHECK(delivered.when(MarkMessageRead{"m-1"}).is(MessageRead{"m-1"}));
  CHECK(delivered.when(MarkMessageFailed{"m-1", {}, {}}).is(MessageFailed{"m-1", {}, {}}));

  const auto read = given<Conversation>(opened, sent, MessageRead{"m-1"});
  CHECK(read.when(MarkMessageDelivered{"m-1"}).is_nothing());
  CHECK(read.when(MarkMessageRead{"m-1"}).is_nothing());
  CHECK(read.when(MarkMessageFailed{"m-1", {}, {}}).is_nothing());

  CHECK(was_sent.when(MarkMessagePlayed{"m-1", {}}).is(MessagePlayed{"m-1", {}}));
  CHECK(read.when(MarkMessagePlayed{"m-1", {}}).is(MessagePlayed{"m-1", {}}));
  const auto played = given<Conversation>(opened, sent, MessagePlayed{"m-1", {}});
  CHECK(played.when(MarkMessagePlayed{"m-1", {}}).is_nothing());
  CHECK(played.when(MarkMessageRead{"m-1"}).is_nothing());
  CHECK(played.when(MarkMessageFailed{"m-1"}).is_nothing());

  const auto failed = given<Conversation>(opened, sent, MessageFailed{"m-1", {}, {}});
  CHECK(failed.when(MarkMessagePlayed{"m-1", {}}).is_nothing());
  CHECK(failed.when(MarkMessageDelivered{"m-1"}).is_nothing());
  CHECK(failed.when(MarkMessageRead{"m-1"}).is_nothing());
  CHECK(failed.when(MarkMessageFailed{"m-1", {}, {}}).is_nothing());

  CHECK(given<Conversation>(opened, received).when(MarkMessageDelivered{"m-2"}).is_nothing());
  CHECK(given<Conversation>(opened, received, closed).when(MarkMessageRead{"m-2"}).is(MessageRead{"m-2"}));
}

TEST_CASE("closing works out the resolution time", "[conversation]") {
  eventstore::testing::Given<Conversation> talk;
  talk.at(second(1'000)).and_then(opened).at(second(4'600));
  CHECK(talk.when(CloseConversation{"done", {}}).is(ConversationClosed{"done", 3'600, "agent-1"}));
  CHECK(talk.when(CloseConversation{{}, "agent-2"}).is(ConversationClosed{{}, 3'600, "agent-2"}));
  CHECK(talk.at(second(900)).when(CloseConversation{}).is(ConversationClosed{{}, 0, "agent-1"}));
  CHECK(given<Conversation>(sent).when(CloseConversation{}).is(ConversationClosed{{}, 0, {}}));
  CHECK(talk.and_then(closed).when(CloseConversation{}).is_refused("a closed conversation cannot be closed"));
}

TEST_CASE("a closed conversation is reopened", "[conversation]") {
  CHECK(given<Conversation>(opened, closed).when(ReopenConversation{"more"}).is(ConversationReopened{"more"}));
  CHECK(given<Conversation>(opened).when(ReopenConversation{}).is_refused("an open conversation cannot be reopened"));
  CHECK(given<Conversation>(opened, closed, ConversationReopened{}).when(send).is(sent));
}

TEST_CASE("a deleted conversation takes no command", "[conversation]") {
  CHECK(given<Conversation>(opened).when(DeleteConversation{"old"}).is(ConversationDeleted{"old"}));
  const auto gone = given<Conversation>(opened, sent, ConversationDeleted{});
  const auto sentence = "the conversation is deleted";
  CHECK(gone.when(DeleteConversation{}).is_refused(sentence));
  CHECK(gone.when(AssignConversation{"agent-2"}).is_refused(sentence));
  CHECK(gone.when(send).is_refused(sentence));
  CHECK(gone.when(receive).is_refused(sentence));
  CHECK(gone.when(MarkMessageDelivered{"m-1"}).is_refused(sentence));
  CHECK(gone.when(MarkMessageRead{"m-1"}).is_refused(sentence));
  CHECK(gone.when(MarkMessageFailed{"m-1", {}, {}}).is_refused(sentence));
  CHECK(gone.when(MarkMessagePlayed{"m-1", {}}).is_refused(sentence));
  CHECK(gone.when(EditMessage{"m-1", "Bye", {}}).is_refused(sentence));
  CHECK(gone.when(RevokeMessage{"m-1"}).is_refused(sentence));
  CHECK(gone.when(ReactToMessage{"m-1", "contact-1", "+"}).is_refused(sentence));
  CHECK(gone.when(OptOutOfConversation{}).is_refused(sentence));
  CHECK(gone.when(OptInToConversation{}).is_refused(sentence));
  CHECK(gone.when(WaitInConversation{}).is_refused(sentence));
  CHECK(gone.when(EscalateConversation{}).is_refused(sentence));
  CHECK(gone.when(ResolveConversation{}).is_refused(sentence));
  CHECK(gone.when(CloseConversation{}).is_refused(sentence));
  CHECK(gone.when(ReopenConversation{}).is_refused(sentence));
}

}  // namespace conversation_commands_test
