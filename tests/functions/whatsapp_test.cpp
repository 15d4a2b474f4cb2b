// log_whatsapp_webhook: every kind of thing that WhatsApp tells becomes facts, once each.
#include <aggregates/conversation/message_ids.hpp>
#include <functions/whatsapp.hpp>

#include <eventstore/app/subject.hpp>

#include "functions/office.hpp"
#include "functions/record_calls.hpp"
#include "functions/shop.hpp"
#include "functions/whatsapp_samples.hpp"

#include <algorithm>
#include <random>

namespace whatsapp_test {

using namespace domain;

namespace {

WhatsappWebhookLogged log(Office& office, const string& body, const string& organization = "org-1") {
  return good(log_whatsapp_webhook(office.context(organization), {body}));
}

// The only stream of the category.
string conversation(const Office& office) {
  const auto page = office.log.read_all();
  if (!page) FAIL(page.error().message());
  for (const auto& event : page->events)
    if (event.stream.starts_with("conversation-")) return string{event.stream};
  FAIL("there is no conversation");
  return {};
}
std::vector<string> types(const Office& office) { return office.types(conversation(office)); }

string text(const string& id, const string& words, int seconds = 0) {
  return messages(message(id, "text", R"("text":{"body":")" + words + R"("})", seconds));
}

ConversationState state(Office& office) {
  static const auto type = conversation_type();
  const auto loaded = es::load_state(office.log, office.schemas, type, *es::StreamId::parse(conversation(office)));
  if (!loaded) FAIL(loaded.error().message());
  return *(*loaded)->as<ConversationState>();
}

}  // namespace

TEST_CASE("every kind of thing that WhatsApp tells becomes its facts", "[functions][whatsapp]") {
  for (const auto& sample : whatsapp_samples()) {
    CAPTURE(sample.name);
    Office office;
    const auto logged = log(office, sample.body);
    CHECK(logged.appended == 1);
    CHECK(logged.passed_over.empty());
    auto expected = sample.types;
    expected.insert(expected.begin(), "ConversationOpened");
    CHECK(types(office) == expected);
    const auto rows = office.rows("SELECT message_type, message_content, media_url FROM message_logs");
    CHECK(rows == (sample.row.empty() ? Rows{} : Rows{sample.row}));
  }
}

TEST_CASE("a body that is told again appends nothing", "[functions][whatsapp]") {
  for (const auto& sample : whatsapp_samples()) {
    CAPTURE(sample.name);
    Office office;
    log(office, sample.body);
    const auto head = office.log.head()->value;
    office.clock.advance_seconds(3600);
    const auto again = log(office, sample.body);
    CHECK(again.appended == 0);
    CHECK(again.already_there == 1);
    CHECK(office.log.head()->value == head);
  }
}

TEST_CASE("nothing that was told is lost", "[functions][whatsapp]") {
  for (const auto& sample : whatsapp_samples()) {
    CAPTURE(sample.name);
    Office office;
    log(office, sample.body);
    const auto events = good(office.functions().get_aggregate_events(
        {conversation(office).substr(string{"conversation-"}.size()), "conversation", 10, {}}));
    string all;
    for (const auto& line : events.documents) all += line;
    for (const string word : {"wamid.0", "referral", "formatted_name", "hologram", "product_items", "pricing",
                              "animated", "sha256", "identity", "response_json", "131051", "payload"})
      CHECK((sample.body.find(word) == string::npos || all.find(word) != string::npos));
  }
}

TEST_CASE("facts have the times that WhatsApp gives", "[functions][whatsapp]") {
  Office office;
  log(office, text("wamid.1", "Hi", 5));
  CHECK(office.rows("SELECT created_at FROM message_logs") == Rows{"2026-01-27T09:00:05.000000Z"});
  log(office, messages(R"({"from":"491700001","id":"wamid.2","type":"text","text":{"body":"When?"}})"));
  CHECK(office.rows("SELECT created_at FROM message_logs WHERE message_content = 'When?'") ==
        Rows{"2026-01-27T10:30:00.000000Z"});
}

TEST_CASE("no stream and no clear field is named after a number", "[functions][whatsapp]") {
  Office office;
  log(office, text("wamid.1", "Hi"));
  const auto stream = conversation(office);
  CHECK(stream.find("491700001") == string::npos);
  CHECK(office
            .rows("SELECT sender_id || receiver_id || message_id FROM message_logs WHERE sender_id || receiver_id || "
                  "message_id LIKE '%491700001%'")
            .empty());
  CHECK(office.rows("SELECT conversation_id = sender_id, receiver_id FROM message_logs") == Rows{"1 | 900100"});
  Office other;
  log(other, text("wamid.1", "Hi"), "org-2");
  CHECK(conversation(other) != stream);
}

TEST_CASE("statuses and messages come in any order and lead to the same", "[functions][whatsapp]") {
  std::vector<string> bodies{
      text("wamid.1", "Hi", 0),
      webhook_with(R"("message_echoes":[{"from":"4930500100","to":"491700001","id":"wamid.2",)"
                   R"("timestamp":"1769504410","type":"text","text":{"body":"Hello"}}])"),
      statuses(status("wamid.2", "sent", price, 11)),
      statuses(status("wamid.2", "delivered", price, 12)),
      statuses(status("wamid.2", "read", "", 13)),
      messages(message("wamid.3", "reaction", R"("reaction":{"message_id":"wamid.2","emoji":"+"})", 14)),
      messages(message("wamid.4", "edit",
                       R"("edit":{"original_message_id":"wamid.1",)"
                       R"("message":{"type":"text","text":{"body":"Hi there"}}})",
                       15)),
      messages(message("wamid.5", "reaction", R"("reaction":{"message_id":"wamid.2"})", 16)),
      messages(message("wamid.6", "reaction", R"("reaction":{"message_id":"wamid.1","emoji":"*"})", 17))};
  const auto rows_after = [](const std::vector<string>& order) {
    Office office;
    for (const auto& body : order) log(office, body);
    for (const auto& body : order) CHECK(log(office, body).appended == 0);
    // Who sent a sign has another id in each store.
    return office.rows(
        "SELECT message_content, status, edited_at, substr(reactions, instr(reactions, 'emoji')), pricing, "
        "provider_conversation FROM message_logs ORDER BY 1");
  };
  const auto in_order = rows_after(bodies);
  REQUIRE(in_order.size() == 2);
  CHECK(in_order[0] == R"(Hello | read | - | - | {"billable":true,"pricing_model":"PMP","category":"marketing"} | )"
                       R"({"id":"c0ffee","origin":{"type":"marketing"}})");
  CHECK_THAT(in_order[1], Catch::StartsWith("Hi there | delivered | 2026-01-27T09:00:15") && Catch::Contains("*"));
  std::mt19937 random{7};
  for (int round = 0; round < 40; ++round) {
    std::shuffle(bodies.begin(), bodies.end(), random);
    CHECK(rows_after(bodies) == in_order);
  }
}

TEST_CASE("a status is about the message that a program logged under its own id", "[functions][whatsapp]") {
  for (const bool status_first : {false, true}) {
    CAPTURE(status_first);
    Office office;
    log(office, text("wamid.1", "Hi"));
    const auto key = conversation(office).substr(string{"conversation-"}.size());
    LogMessage answer{.conversation_id = key, .sender_id = "agent-1", .receiver_id = key};
    answer.message_content = "Hello";
    answer.message_id = "m-1";
    answer.provider_message_id = "wamid.9";
    const auto failed = statuses(status("wamid.9", "failed", R"("errors":[{"code":131047,"title":"Too late"}])"));
    if (status_first) log(office, failed);
    good(office.functions().log_message(answer));
    if (!status_first) log(office, failed);
    CHECK(office.rows("SELECT status, error_code, error_title FROM message_logs WHERE message_id = 'm-1'") ==
          Rows{"failed | 131047 | Too late"});
    // The business's own phone tells the same message.
    log(office, webhook_with(R"("message_echoes":[{"from":"4930500100","to":"491700001","id":"wamid.9",)"
                             R"("timestamp":"1769504410","type":"text","text":{"body":"Hello"}}])"));
    CHECK(office.rows("SELECT count(*) FROM message_logs") == Rows{"2"});
  }
}

TEST_CASE("what is revoked shows no more in the collection", "[functions][whatsapp]") {
  for (const bool revoked_first : {false, true}) {
    Office office;
    const auto revoke = messages(message("wamid.2", "revoke", R"("revoke":{"original_message_id":"wamid.1"})", 9));
    if (revoked_first) log(office, revoke);
    log(office, text("wamid.1", "secret"));
    log(office, revoke);
    CHECK(office.rows("SELECT message_content, substr(revoked_at, 1, 19) FROM message_logs") ==
          Rows{"- | 2026-01-27T09:00:09"});
  }
}

TEST_CASE("a group is one conversation with its participants", "[functions][whatsapp]") {
  Office office;
  const auto in_group = [](const string& from, const string& id) {
    return webhook_with(R"("messages":[{"from":")" + from + R"(","group_id":"G-7","id":")" + id +
                        R"(","timestamp":"1769504400","type":"text","text":{"body":"Hi all"}}])");
  };
  log(office, in_group("491700001", "wamid.1"));
  log(office, in_group("491700002", "wamid.2"));
  log(office,
      webhook_with(R"("statuses":[{"id":"wamid.3","status":"read","timestamp":"1769504400","recipient_id":"G-7",)"
                   R"("recipient_type":"group","recipient_participant_id":"491700002"}])"));
  CHECK(office.rows("SELECT count(DISTINCT conversation_id), count(DISTINCT participant_id), "
                    "sum(participant_id = sender_id), sum(participant_id = conversation_id) FROM message_logs") ==
        Rows{"1 | 2 | 2 | 0"});
  CHECK(types(office) == Rows{"ConversationOpened", "MessageReceived", "MessageReceived", "MessageRead"});
  CHECK(state(office).early_statuses->front().message_id == message_id_of("wamid.3"));
}

TEST_CASE("an answer names the message that it answers", "[functions][whatsapp]") {
  Office office;
  log(office, text("wamid.0", "Which one?"));
  log(office, messages(message("wamid.1", "text", R"("context":{"from":"x","id":"wamid.0"},"text":{"body":"That"})")));
  CHECK(
      office.rows("SELECT a.message_content FROM message_logs a JOIN message_logs b ON b.in_reply_to = a.message_id") ==
      Rows{"Which one?"});
}

TEST_CASE("one body may tell many facts of many people", "[functions][whatsapp]") {
  Office office;
  const auto body =
      webhook_with(R"("messages":[{"from":"491","id":"w1","timestamp":"1769504400","type":"text","text":{"body":"a"}},)"
                   R"({"from":"492","id":"w2","timestamp":"1769504401","type":"text","text":{"body":"b"}},)"
                   R"({"from":"491","id":"w1","timestamp":"1769504400","type":"text","text":{"body":"a"}}],)"
                   R"("statuses":[{"id":"w0","status":"read","timestamp":"1769504402","recipient_id":"+49 1"}])");
  const auto logged = log(office, body);
  CHECK(logged.appended == 3);
  CHECK(logged.already_there == 1);
  CHECK(office.rows("SELECT count(*), count(DISTINCT conversation_id) FROM message_logs") == Rows{"2 | 2"});
  CHECK(*office.log.checksum_at(es::Position{1}) == *office.log.checksum_at(*office.log.head()));  // one commit
  const auto partly =
      log(office, webhook_with(R"("statuses":[{"id":"w0","status":"read","timestamp":"1769504402",)"
                               R"("recipient_id":"491"},{"id":"w9","status":"sent","recipient_id":"491"}])"));
  CHECK(partly.appended == 1);
  CHECK(partly.already_there == 1);
}

TEST_CASE("what tells of no conversation is named and not refused", "[functions][whatsapp]") {
  Office office;
  CHECK(log(office, webhook_with(R"("event":"APPROVED")", "message_template_status_update")).passed_over ==
        Rows{"entry 1, change 1: message_template_status_update tells of no conversation"});
  CHECK(log(office, webhook_with(R"("errors":[{"code":130429,"title":"Rate limit hit"}])")).passed_over ==
        Rows{"entry 1, change 1: an error of the account"});
  CHECK(log(office, statuses(R"({"id":"w","status":"pondered","recipient_id":"1"})")).passed_over ==
        Rows{"entry 1, change 1: a status of a kind that is not known"});
  CHECK(log(office, messages(R"({"type":"text"})")).passed_over ==
        Rows{"entry 1, change 1: a message without id or sender"});
  CHECK(log(office, R"({"entry":[{"changes":[{}, 3]}, 4]})").passed_over.size() == 2);
  CHECK(office.log.head()->value == 0);
}

TEST_CASE("a body that is no webhook is refused", "[functions][whatsapp]") {
  Office office;
  for (const string body : {"", "no JSON", "[]", "{}", R"({"entry":7})"}) {
    CAPTURE(body);
    CHECK(code(log_whatsapp_webhook(office.context(), {body})) == es::Errc::invalid_argument);
  }
}

TEST_CASE("a message whose rest is too long for free data is kept without it", "[functions][whatsapp]") {
  Office office;
  const string long_text(100'000, 'x');
  log(office, text("wamid.1", long_text));
  CHECK(office.rows("SELECT length(message_content) FROM message_logs") == Rows{"100000"});
  CHECK_THAT(office.rows("SELECT metadata FROM message_logs").front(), Catch::Contains("left_out_bytes"));
}

TEST_CASE("nothing new is kept of a person who was erased", "[functions][whatsapp]") {
  Shop shop;
  auto store = shop.open();
  const auto call = [&](const string& body) {
    return shop.must_call(store, "log_whatsapp_webhook", webhook_call(body));
  };
  call(text("wamid.1", "Hi"));
  const auto streams = store.log().streams("conversation", "", 10);
  REQUIRE(streams);
  const auto key = string{es::StreamId::trusted(streams->front().stream).key()};
  es::app::EraseSubject erase{.subject = key};
  erase.caller.organization_id = "org-1";
  REQUIRE(es::app::erase_subject(store, erase, [](const auto&) -> es::Result<void> { return {}; }));
  const auto head = Shop::head(store);
  CHECK(call(text("wamid.2", "Are you there?")) == R"({"appended":0,"already_there":0,"dropped":1,"passed_over":[]})");
  CHECK(call(text("wamid.1", "Hi")) == R"({"appended":0,"already_there":1,"dropped":0,"passed_over":[]})");
  CHECK(Shop::head(store) == head);
  const auto other = webhook_with(R"("messages":[{"from":"492","id":"w","type":"text","text":{"body":"b"}}])");
  CHECK(call(other) == R"({"appended":1,"already_there":0,"dropped":0,"passed_over":[]})");
}

TEST_CASE("hostile bodies end in an answer or an error", "[functions][whatsapp]") {
  const auto body = messages(message("wamid.1", "text", R"("text":{"body":"Hi"})"));
  std::mt19937 random{11};
  for (int round = 0; round < 400; ++round) {
    auto broken = body;
    for (int changes = 0; changes < 3; ++changes) broken[random() % broken.size()] = R"({}[]",:0ax)"[random() % 10];
    Office office;
    const auto logged = log_whatsapp_webhook(office.context(), {broken});
    if (!logged) CHECK(logged.error().code == es::Errc::invalid_argument);
  }
}

}  // namespace whatsapp_test
