// log_message, update_message_status, get_conversation_history.
#include "functions/office.hpp"

using namespace domain;

namespace {
LogMessage message(string conversation, string id, MessageStatus status = MessageStatus::sent) {
  LogMessage made{.conversation_id = std::move(conversation),
                  .sender_id = "agent-9",
                  .receiver_id = "contact-1",
                  .message_content = "Hello"};
  made.status = status;
  made.message_id = std::move(id);
  return made;
}
}  // namespace

TEST_CASE("a message is logged with its status in one commit", "[functions][messages]") {
  Office office;
  const auto functions = office.functions();
  const std::vector<std::pair<MessageStatus, Rows>> expected{
      {MessageStatus::sent, {"MessageSent"}},
      {MessageStatus::delivered, {"MessageSent", "MessageDelivered"}},
      {MessageStatus::read, {"MessageSent", "MessageRead"}},
      {MessageStatus::failed, {"MessageSent", "MessageFailed"}}};
  for (const auto& [status, types] : expected) {
    const string name{to_string(status)};
    CAPTURE(name);
    const auto before = office.log.head()->value;
    CHECK(good(functions.log_message(message(name, "m-" + name, status))) == "m-" + name);
    CHECK(office.types("conversation-" + name) == types);
    const es::Position first{before + 1};
    CHECK(*office.log.checksum_at(first) == *office.log.checksum_at(*office.log.head()));
    CHECK(office.rows("SELECT status FROM message_logs WHERE conversation_id = '" + name + "'") == Rows{name});
  }
}

TEST_CASE("a logged message keeps what it was given, and gets an id where it has none", "[functions][messages]") {
  Office office;
  auto given = message("c-1", "unused");
  given.message_id.reset();
  given.message_type = MessageType::audio;
  given.media_url = "https://example.test/a";
  given.metadata = es::Json{R"({"a":1})"};
  const auto id = good(office.functions().log_message(given));
  CHECK(es::Uuid::parse(id));
  CHECK(id != good(office.functions().log_message(given)));
  CHECK(office.rows("SELECT message_id, message_type, media_url, metadata FROM message_logs WHERE message_id = '" + id +
                    "'") == Rows{id + R"( | audio | https://example.test/a | {"a":1})"});
}

TEST_CASE("a status is taken once, with and without the collection that knows the message", "[functions][messages]") {
  for (const string how : {"without a collection", "with one that is behind", "with one that is up to date"}) {
    CAPTURE(how);
    Office office;
    const OrganizationFunctions functions{office.context("org-1", how != "without a collection")};
    good(functions.log_message(message("c-1", "m-0")));
    good(functions.log_message(message("c-2", "m-1")));
    if (how == "with one that is up to date") office.run();
    CHECK(good(functions.update_message_status({"m-1", MessageStatus::delivered})));
    CHECK_FALSE(good(functions.update_message_status({"m-1", MessageStatus::delivered})));
    CHECK(good(functions.update_message_status({"m-1", MessageStatus::read})));
    CHECK_FALSE(good(functions.update_message_status({"m-1", MessageStatus::delivered})));
    CHECK_FALSE(good(functions.update_message_status({"m-1", MessageStatus::failed})));
    CHECK(office.types("conversation-c-2") == Rows{"MessageSent", "MessageDelivered", "MessageRead"});
    CHECK(office.types("conversation-c-1") == Rows{"MessageSent"});
    CHECK(code(functions.update_message_status({"m-9", MessageStatus::read})) == es::Errc::not_found);
    CHECK(code(functions.update_message_status({"m-1", MessageStatus::sent})) == es::Errc::invalid_argument);
  }
}

TEST_CASE("a received message can be marked, too", "[functions][messages]") {
  Office office;
  office.record("conversation-c-1", received("m-1"));
  CHECK_FALSE(good(office.functions().update_message_status({"m-1", MessageStatus::delivered})));
  CHECK(good(office.functions().update_message_status({"m-1", MessageStatus::read})));
}

TEST_CASE("another organization's message is not found", "[functions][messages]") {
  Office office;
  good(office.functions("org-1").log_message(message("c-1", "m-1")));
  CHECK(code(office.functions("org-2").update_message_status({"m-1", MessageStatus::read})) == es::Errc::not_found);
  office.run();
  CHECK(code(office.functions("org-2").update_message_status({"m-1", MessageStatus::read})) == es::Errc::not_found);
  CHECK(code(office.functions("org-2").log_message(message("c-1", "m-2"))) == es::Errc::wrong_organization);
  CHECK(office.types("conversation-c-1") == Rows{"MessageSent"});
}

TEST_CASE("a conversation's history is the newest messages, oldest first", "[functions][messages]") {
  Office office;
  const auto functions = office.functions();
  for (int n = 0; n < 7; ++n) {
    good(functions.log_message(message("c-1", "m-" + std::to_string(n))));
    if (n % 2 == 0) office.clock.advance_seconds(1);
  }
  good(functions.log_message(message("c-2", "other")));
  office.run();
  const auto newest = good(functions.get_conversation_history({"c-1", 3, {}}));
  CHECK(fields(newest.documents, "message_id") == Rows{"m-4", "m-5", "m-6"});
  CHECK_FALSE(newest.next_cursor.empty());
  for (const int64_t limit : {1, 2, 3, 7, 8})
    CHECK(all_pages(functions, &OrganizationFunctions::get_conversation_history, {"c-1", limit, {}}, "message_id",
                    true) == Rows{"m-0", "m-1", "m-2", "m-3", "m-4", "m-5", "m-6"});
  CHECK(good(functions.get_conversation_history({"none", 3, {}})).documents.empty());
  CHECK(good(office.functions("org-2").get_conversation_history({"c-1", 3, {}})).documents.empty());
}
