#include "projections/domain_log.hpp"

using namespace domain;

TEST_CASE("a message is logged with all its fields", "[projections][message_logs]") {
  DomainLog log;
  log.record("conversation-c-1", ConversationOpened{.contact_id = "contact-1"});
  auto message = sent("m-1", "Grüße");
  message.message_type = MessageType::image;
  message.media_url = "https://example.test/1.png";
  message.metadata = es::Json{R"({"k":[1]})"};
  log.record("conversation-c-1", message);
  CHECK(log.document("message_logs") ==
        canonical(R"({"_id":")" + es::document_id("message_logs", "c-1\nm-1").to_string() +
                  R"(","organization_id":"org-1","conversation_id":"c-1","message_id":"m-1","sender_id":"agent-9",
                     "receiver_id":"contact-1","message_content":"Grüße","message_type":"image",
                     "media_url":"https://example.test/1.png","status":"sent","metadata":{"k":[1]},
                     "created_at":"2026-01-27T10:30:01.000000Z","updated_at":"2026-01-27T10:30:01.000000Z","position":2})"));
}

TEST_CASE("a status moves forward and sets updated_at, never backwards", "[projections][message_logs]") {
  DomainLog log;
  const string stream = "conversation-c-1";
  const auto status = [&] { return log.rows("SELECT status, substr(updated_at, 18, 2) FROM message_logs").front(); };
  log.record(stream, sent("m-1"));
  CHECK(status() == "sent | 00");
  log.record(stream, MessageDelivered{"m-1"});
  CHECK(status() == "delivered | 01");
  log.record(stream, MessageDelivered{"m-1"});
  CHECK(status() == "delivered | 01");
  log.record(stream, MessageRead{"m-1"});
  CHECK(status() == "read | 03");
  log.record(stream, MessageDelivered{"m-1"});
  log.record(stream, MessageFailed{.message_id = "m-1"});
  CHECK(status() == "read | 03");
}

TEST_CASE("a message fails from sent and delivered, for good", "[projections][message_logs]") {
  DomainLog log;
  log.record("conversation-c-1", sent("m-1"));
  log.record("conversation-c-1", sent("m-2"));
  log.record("conversation-c-1", MessageDelivered{"m-2"});
  log.record("conversation-c-1", MessageFailed{.message_id = "m-1"});
  log.record("conversation-c-1", MessageFailed{.message_id = "m-2"});
  log.record("conversation-c-1", MessageRead{"m-2"});
  CHECK(log.rows("SELECT message_id, status FROM message_logs ORDER BY 1") == Rows{"m-1 | failed", "m-2 | failed"});
}

TEST_CASE("a received message begins as delivered; one repeated stays as it was", "[projections][message_logs]") {
  DomainLog log;
  log.record("conversation-c-1", received("m-1", "first"));
  log.record("conversation-c-1", received("m-1", "again"));
  log.record("conversation-c-1", MessageRead{"unknown"});
  CHECK(log.rows("SELECT message_content, status, position FROM message_logs") == Rows{"first | delivered | 1"});
}

TEST_CASE("one message id in two conversations is two messages", "[projections][message_logs]") {
  DomainLog log;
  log.record("conversation-c-1", sent("m-1"));
  log.record("conversation-c-2", sent("m-1"));
  log.record("conversation-c-2", MessageRead{"m-1"});
  CHECK(log.rows("SELECT conversation_id, status FROM message_logs ORDER BY 1") == Rows{"c-1 | sent", "c-2 | read"});
}
