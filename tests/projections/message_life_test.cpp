// What becomes of messages in `message_logs`, and the figures of conversations and campaigns against sums over
// `events`.
#include <aggregates/conversation/message_ids.hpp>

#include "projections/domain_log.hpp"

namespace message_life_test {

using namespace domain;

namespace {

const string talk = "conversation-c-1";

string only(DomainLog& log, const string& columns) {
  const auto rows = log.rows("SELECT " + columns + " FROM message_logs");
  REQUIRE(rows.size() == 1);
  return rows.front();
}

MessageSent logged(const string& id, const string& provider_message_id) {
  auto message = sent(id);
  message.provider_message_id = provider_message_id;
  return message;
}

}  // namespace

TEST_CASE("a message without text and a voice message that was played", "[projections][message_logs]") {
  DomainLog log;
  auto voice = received("m-1");
  voice.message_content.reset();
  voice.message_type = MessageType::audio;
  log.record(talk, voice);
  log.record(talk, MessagePlayed{"m-1", {}});
  log.record(talk, MessageRead{"m-1", {}});
  CHECK(only(log, "message_type, message_content, status") == "audio | - | played");
}

TEST_CASE("an edited message has its newest text", "[projections][message_logs]") {
  DomainLog log;
  log.record(talk, sent("m-1", "first"));
  log.record(talk, MessageEdited{"m-1", "second", {}, {}});
  CHECK(only(log, "message_content, substr(edited_at, 18, 2), substr(updated_at, 18, 2)") == "second | 01 | 01");
  log.clock.set(moment("2026-01-27T10:30:00Z"));
  log.record(talk, MessageEdited{"m-1", "an older edit that comes late", {}, {}});
  CHECK(only(log, "message_content, substr(edited_at, 18, 2)") == "second | 01");
}

TEST_CASE("a revoked message shows nothing of what it said whatever comes after", "[projections][message_logs]") {
  DomainLog log;
  auto picture = sent("m-1", "secret");
  picture.media_url = "https://example.test/1";
  log.record(talk, picture);
  log.record(talk, MessageRevoked{"m-1", {}});
  log.record(talk, MessageEdited{"m-1", "secret again", {}, {}});
  log.record(talk, MessageRevoked{"m-1", {}});
  CHECK(only(log, "message_content, media_url, substr(revoked_at, 18, 2)") == "- | - | 01");
  CHECK(log.rows("SELECT message_content FROM message_logs_text WHERE message_logs_text MATCH 'secret'").empty());
}

TEST_CASE("a message has the signs that people have on it", "[projections][message_logs]") {
  DomainLog log;
  log.record(talk, sent("m-1"));
  log.record(talk, MessageReacted{"m-1", "contact-1", "+", {}});
  log.record(talk, MessageReacted{"m-1", "agent-1", "*", {}});
  log.record(talk, MessageReacted{"m-1", "contact-1", "-", {}});
  CHECK(only(log, "json_array_length(reactions), json_extract(reactions, '$[0].emoji', '$[1].emoji')") ==
        R"(2 | ["*","-"])");
  log.record(talk, MessageReacted{"m-1", "contact-1", {}, {}});
  log.record(talk, MessageReacted{"m-1", "agent-1", {}, {}});
  CHECK(only(log, "reactions") == "-");
}

TEST_CASE("the price is that of the last status that told one", "[projections][message_logs]") {
  const es::Json price{R"({"pricing":{"category":"marketing"},"conversation":{"id":"c"}})"};
  const auto columns = "status, pricing, provider_conversation";
  DomainLog log;
  log.record(talk, sent("m-1"));
  log.record(talk, MessageAccepted{"m-1", price});
  CHECK(only(log, columns) == R"(sent | {"category":"marketing"} | {"id":"c"})");
  log.record(talk, MessageRead{"m-1", es::Json{R"({"recipient_id":"1"})"}});
  log.record(talk, MessageDelivered{"m-1", es::Json{R"({"pricing":{"category":"utility"}})"}});
  CHECK(only(log, columns) == R"(read | {"category":"utility"} | {"id":"c"})");
}

TEST_CASE("a failure tells its code and its title", "[projections][message_logs]") {
  const MessageFailed failed{"m-1", "131026", "no such account", "Undeliverable", {}};
  const auto columns = "status, error_code, error_title, error_message";
  const auto expected = "failed | 131026 | Undeliverable | no such account";
  DomainLog log;
  log.record(talk, sent("m-1"));
  log.record(talk, failed);
  log.record(talk, MessageFailed{"m-1", "1", "late", "late", {}});
  CHECK(only(log, columns) == expected);
  DomainLog early;
  early.record(talk, failed);
  early.record(talk, sent("m-1"));
  CHECK(only(early, columns) == expected);
}

TEST_CASE("reports under the provider's id reach the message before and after it", "[projections][message_logs]") {
  const auto name = message_id_of("wamid.A");
  for (const bool early : {false, true}) {
    CAPTURE(early);
    DomainLog log;
    if (!early) log.record(talk, logged("m-1", "wamid.A"));
    log.record(talk, MessageRead{name, {}});
    log.record(talk, MessageEdited{name, "new", {}, {}});
    log.record(talk, MessageReacted{name, "contact-1", "+", {}});
    if (early) log.record(talk, logged("m-1", "wamid.A"));
    log.record(talk, logged("m-2", "wamid.A"));
    CHECK(only(log, "message_id, provider_message_id, status, message_content, json_array_length(reactions)") ==
          "m-1 | wamid.A | read | new | 1");
  }
}

TEST_CASE("figures of conversations are those of their events", "[projections][analytics]") {
  DomainLog log;
  for (const string key : {"a", "b", "c"}) {
    const auto stream = "conversation-" + key;
    log.record(stream, ConversationOpened{.contact_id = key, .agent_id = "agent-1"});
    log.record(stream, received("m-" + key));
    log.record(stream, MessagePlayed{"m-" + key, {}});
    log.record(stream, MessagePlayed{"m-" + key, {}});
    if (key != "a") log.record(stream, ConversationEscalated{{}, "agent-2"});
    log.record(stream, ConversationResolved{{}, {}});
    log.record(stream, ConversationReopened{});
    if (key == "c") log.record(stream, ConversationResolved{{}, {}});
    if (key == "b") log.record(stream, ConversationOptedOut{{}, {}});
    if (key == "b") log.record(stream, ConversationOptedOut{{}, {}});
  }
  const auto sum = [&](const string& metric) {
    return log.rows("SELECT cast(total(value) AS int) FROM analytics WHERE metric_type = '" + metric + "'").front();
  };
  const auto counted = [&](const string& what, const string& type) {
    return log.rows("SELECT count(" + what + ") FROM events WHERE event_type = '" + type + "'").front();
  };
  CHECK(sum("messages_played") == counted("DISTINCT aggregate_id", "MessagePlayed"));
  CHECK(sum("conversations_escalated") == counted("*", "ConversationEscalated"));
  CHECK(sum("conversations_resolved") == counted("*", "ConversationResolved"));
  CHECK(sum("conversations_opted_out") == counted("DISTINCT aggregate_id", "ConversationOptedOut"));
  CHECK(sum("messages_played") == "3");
}

TEST_CASE("tries and talk and results of campaigns are those of their events", "[projections][analytics]") {
  DomainLog log;
  int step = 0;
  for (const string key : {"k-1", "k-2"}) {
    const auto stream = "campaign-" + key;
    log.record(stream, CampaignCreated{key, "Spring", Channel::voice, "Buy"});
    for (const string contact : {"a", "b", "c"})
      for (const std::int64_t attempt : {2, 1, 3, 3, 2}) {
        CampaignContactReached reached{.contact_id = contact, .outcome = ContactOutcome::answered};
        reached.attempt = attempt;
        reached.talk_seconds = 7 * (++step % 5);
        log.record(stream, reached);
      }
    log.record(stream, CampaignContactResultRecorded{"a", ContactResult::not_converted, {}, {}});
    log.record(stream, CampaignContactResultRecorded{"a", ContactResult::converted, 9.5, {}});
    log.record(stream, CampaignContactResultRecorded{"b", ContactResult::not_converted, {}, {}});
    log.record(stream, CampaignContactResultRecorded{"b", ContactResult::not_converted, {}, {}});
  }
  const string reached =
      "SELECT aggregate_id AS k, json_extract(event_data, '$.contact_id') AS c, json_extract(event_data, '$.attempt') "
      "AS n, json_extract(event_data, '$.talk_seconds') AS t FROM events WHERE event_type = 'CampaignContactReached'";
  const auto sum = [&](const string& metric) {
    return log.rows("SELECT cast(total(value) AS int) FROM analytics WHERE metric_type = '" + metric + "'").front();
  };
  CHECK(sum("campaign_contact_tries") ==
        log.rows("SELECT sum(n) FROM (SELECT max(n) AS n FROM (" + reached + ") GROUP BY k, c)").front());
  CHECK(sum("campaign_talk_seconds") ==
        log.rows("SELECT sum(t) FROM (SELECT max(t) AS t FROM (" + reached + ") GROUP BY k, c, n)").front());
  CHECK(
      log.rows("SELECT json_extract(metadata, '$.result'), cast(sum(value) AS int) FROM analytics WHERE metric_type = "
               "'campaign_contact_results' GROUP BY 1 ORDER BY 1") == Rows{"converted | 2", "not_converted | 4"});
  CHECK(log.rows("SELECT sum(tries_count), sum(talk_seconds) FROM campaigns").front() ==
        sum("campaign_contact_tries") + " | " + sum("campaign_talk_seconds"));
}

}  // namespace message_life_test
