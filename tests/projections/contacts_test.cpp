// contacts, chatbots: the present state of each, and the figures of executions.
#include <aggregates/chatbot/chatbot.hpp>
#include <aggregates/contact/contact.hpp>

#include "projections/domain_log.hpp"

using namespace domain;

namespace contacts_test {

namespace {

const ContactCreated ana{"Ana Silva", "+351 912 345 678", {}, Channel::whatsapp, es::Json{R"(["vip"])"}};

ChatbotExecuted execution(std::optional<int64_t> duration_ms) { return {"c-1", "p-1", "Hi", "Hello!", duration_ms}; }

}  // namespace

TEST_CASE("a contact's document is its state and stays when the contact is deleted", "[projections][contacts]") {
  DomainLog log;
  log.record("contact-p-1", ana);
  log.record("contact-p-1", ContactConversationLinked{"c-1"});
  log.record("contact-p-1", ContactOptedOut{Channel::sms, "STOP"});
  CHECK(log.document("contacts") ==
        canonical(R"({"_id":")" + es::document_id("contacts", "p-1").to_string() +
                  R"(","organization_id":"org-1","aggregate_id":"p-1","name":"Ana Silva","phone":"+351912345678",
                     "channel":"whatsapp","conversation_id":"c-1","tags":["vip"],"opted_out":["sms"],"deleted":false,
                     "version":3,"created_at":"2026-01-27T10:30:00.000000Z",
                     "updated_at":"2026-01-27T10:30:02.000000Z"})"));
  log.record("contact-p-1", ContactDeleted{});
  CHECK(log.rows("SELECT phone, deleted FROM contacts") == Rows{"+351912345678 | 1"});
}

TEST_CASE("contacts are found by their phone in E.164", "[projections][contacts]") {
  DomainLog log;
  log.record("contact-p-1", ana);
  const string found = "SELECT aggregate_id FROM contacts WHERE organization_id = 'org-1' AND phone = '+351912345678'";
  CHECK(log.rows(found) == Rows{"p-1"});
  CHECK_THAT(log.rows("EXPLAIN QUERY PLAN " + found).front(), Catch::Contains("contacts_by_phone"));
}

TEST_CASE("a contact that others only opted out has no document before it is created", "[projections][contacts]") {
  DomainLog log;
  log.record("contact-p-1", ContactOptedOut{Channel::voice, {}});
  CHECK(log.rows("SELECT aggregate_id FROM contacts").empty());
  log.record("contact-p-1", ana);
  CHECK(log.rows("SELECT opted_out, version FROM contacts") == Rows{R"(["voice"] | 2)"});
}

TEST_CASE("a chatbot's executions are those of the events", "[projections][chatbots]") {
  DomainLog log;
  log.record("chatbot-b-1", ChatbotCreated{"Front desk", Channel::whatsapp, {}});
  log.record("chatbot-b-2", ChatbotCreated{"Night shift", Channel::sms, {}});
  for (const int64_t duration : {100, 200, 300}) log.record("chatbot-b-1", execution(duration));
  log.record("chatbot-b-2", execution({}));
  CHECK(
      log.rows("SELECT aggregate_id, executions FROM chatbots ORDER BY 1") ==
      log.rows("SELECT aggregate_id, count(*) FROM events WHERE event_type = 'ChatbotExecuted' GROUP BY 1 ORDER BY 1"));
  CHECK(log.rows("SELECT sum(value), sum(count) FROM analytics WHERE metric_type = 'chatbots_executed'") ==
        Rows{"4.0 | 4"});
  CHECK(log.rows("SELECT metadata, value, count FROM analytics WHERE metric_type = 'chatbot_duration_ms'") ==
        Rows{R"({"channel":"whatsapp"} | 600.0 | 3)"});
  CHECK(log.rows("SELECT action FROM audit_logs WHERE resource_type = 'chatbot' AND resource_id = 'b-2' ORDER BY "
                 "position") == Rows{"create", "execute"});
  log.record("chatbot-b-2", ChatbotDeleted{});
  CHECK(log.rows("SELECT name, active, deleted FROM chatbots WHERE aggregate_id = 'b-2'") ==
        Rows{"Night shift | 0 | 1"});
}

}  // namespace contacts_test
