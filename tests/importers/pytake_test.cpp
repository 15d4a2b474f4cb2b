// PyTake's messages, audit lines and numbers.
#include "importers/moved.hpp"

namespace pytake_test {

using namespace domain;

namespace {

string message(const string& members) {
  return R"({"_id":{"$oid":"64f1a2b3c4d5e6f708192a3b"},"organization_id":"org-7","conversation_id":"c-1",)"
         R"("sender_id":"agent-9","receiver_id":"contact-1","created_at":{"$date":"2026-01-27T10:30:00Z"},)"
         R"("updated_at":{"$date":{"$numberLong":"1769509920000"}})" +
         (members.empty() ? "" : "," + members) + "}";
}

string audit(const string& members) {
  return R"({"_id":"a-1","organization_id":"org-7","user_id":"u-3","action":"execute","resource_type":"campaign",)"
         R"("resource_id":"k-1","created_at":{"$date":"2026-01-27T10:30:00Z"})" +
         (members.empty() ? "" : "," + members) + "}";
}

string metric(const string& members) {
  return R"({"_id":"n-1","organization_id":"org-7","metric_type":"messages_sent","value":{"$numberDouble":"123.45"})" +
         (members.empty() ? "" : "," + members) + "}";
}

es::Errc refusal(const string& kind, const string& document) {
  const auto made = convert(kind, document);
  if (made) FAIL("expected a refusal");
  return made.error().code;
}

}  // namespace

TEST_CASE("a message becomes its sending and its status", "[importers][messages]") {
  for (const string status : {"sent", "delivered", "read", "failed", "played"}) {
    CAPTURE(status);
    const auto made =
        converted("pytake-messages", message(R"("message_content":"Hello","message_type":"image",)"
                                             R"("media_url":"https://x.example.org/1","metadata":{"k":1},)"
                                             R"("status":")" +
                                             status + "\""));
    CHECK(made.left_out.empty());
    Moved moved;
    CHECK(moved.take(made) == (status == "sent" ? 1 : 2));
    CHECK(moved.take(made) == 0);
    CHECK(moved.rows("SELECT organization_id, message_id, conversation_id, message_content, message_type, media_url, "
                     "status, metadata, created_at FROM message_logs") ==
          Rows{"org-7 | 64f1a2b3c4d5e6f708192a3b | c-1 | Hello | image | https://x.example.org/1 | " + status +
               R"( | {"k":1} | 2026-01-27T10:30:00.000000Z)"});
    if (status != "sent")
      CHECK(moved.rows("SELECT updated_at FROM message_logs") == Rows{"2026-01-27T10:32:00.000000Z"});
  }
}

TEST_CASE("events that were moved say so", "[importers][messages]") {
  const auto made = converted("pytake-messages", message(R"("status":"read","colour":"blue","__v":0)"));
  CHECK(members_of(made, "metadata.migrated_from") == Rows{R"("pytake-messages")", R"("pytake-messages")"});
  CHECK(members_of(made, "metadata.migrated_id") ==
        Rows{R"("64f1a2b3c4d5e6f708192a3b")", R"("64f1a2b3c4d5e6f708192a3b")"});
  CHECK(members_of(made, "metadata.rest") == Rows{R"({"colour":"blue"})", "-"});
  const auto ids = members_of(made, "event_id");
  CHECK(ids == members_of(converted("pytake-messages", message(R"("status":"read","colour":"red")")), "event_id"));
  CHECK(ids[0] != ids[1]);
}

TEST_CASE("a message that went on since adds what is new", "[importers][messages]") {
  Moved moved;
  moved.take(converted("pytake-messages", message(R"("status":"delivered")")));
  CHECK(moved.take(converted("pytake-messages", message(R"("status":"read")"))) == 1);
  CHECK(moved.rows("SELECT status FROM message_logs") == Rows{"read"});
}

TEST_CASE("what the contact wrote is received", "[importers][messages]") {
  const auto made = converted("pytake-messages", message(R"("direction":"inbound","message_content":"Hi")"));
  CHECK(members_of(made, "event_type") == Rows{R"("MessageReceived")"});
}

TEST_CASE("types and statuses that are not known are told and kept", "[importers][messages]") {
  const auto poll = converted("pytake-messages", message(R"("message_type":"poll","status":"pending")"));
  CHECK(poll.left_out.size() == 2);
  Moved moved;
  moved.take(poll);
  CHECK(moved.rows("SELECT message_type, status FROM message_logs") == Rows{"unsupported | sent"});
}

TEST_CASE("a message that no event can tell is refused by its member", "[importers][messages]") {
  for (const string missing : {"_id", "conversation_id", "sender_id", "receiver_id", "created_at"}) {
    CAPTURE(missing);
    auto document = message("");
    document.replace(document.find('"' + missing + '"'), missing.size() + 2, "\"other_" + missing + '"');
    const auto made = convert("pytake-messages", document);
    REQUIRE_FALSE(made);
    CHECK(made.error().code == es::Errc::invalid_argument);
    CHECK(made.error().where == missing);
  }
}

TEST_CASE("an audit line becomes an action of its user", "[importers][audit]") {
  const auto made =
      converted("pytake-audit", audit(R"("changes":{"before":{"status":"draft"},"after":{"status":"executed"}},)"
                                      R"("ip_address":"192.0.2.1","user_agent":"Mozilla/5.0")"));
  Moved moved;
  CHECK(moved.take(made) == 1);
  CHECK(
      moved.rows("SELECT organization_id, user_id, action, resource_type, resource_id, changes, ip_address, "
                 "user_agent, created_at FROM audit_logs") ==
      Rows{R"(org-7 | u-3 | execute | campaign | k-1 | {"before":{"status":"draft"},"after":{"status":"executed"}} | )"
           R"(192.0.2.1 | Mozilla/5.0 | 2026-01-27T10:30:00.000000Z)"});
  CHECK(moved.take(made) == 0);
}

TEST_CASE("changes that are the new values alone stand behind the action", "[importers][audit]") {
  const auto made = converted("pytake-audit", audit(R"("changes":{"status":"executed"})"));
  CHECK(member_of(made.lines.front(), "event_data.changes") == R"({"after":{"status":"executed"}})");
  CHECK(converted("pytake-audit", audit(R"("changes":null)")).lines.size() == 1);
}

TEST_CASE("an audit line without user or resource is refused", "[importers][audit]") {
  CHECK(refusal("pytake-audit", R"({"_id":"a"})") == es::Errc::invalid_argument);
  CHECK(refusal("pytake-audit", R"({"_id":"a","user_id":"","action":"view"})") == es::Errc::invalid_argument);
}

TEST_CASE("a number becomes a metric of its moment", "[importers][analytics]") {
  const auto made = converted("pytake-analytics", metric(R"("tags":{"campaign_id":"k-1"},"metadata":{"channel":"sms"},)"
                                                         R"("date":"2026-01-27","hour":10,)"
                                                         R"("timestamp":{"$date":"2026-01-27T10:30:00Z"})"));
  CHECK(made.left_out.empty());
  CHECK(members_of(made, "metadata.rest") == Rows{"-"});
  Moved moved;
  CHECK(moved.take(made) == 1);
  CHECK(moved.rows("SELECT metric_type, value, count, tags, metadata, date, hour FROM analytics") ==
        Rows{R"(messages_sent | 123.45 | 1 | {"campaign_id":"k-1"} | {"channel":"sms"} | 2026-01-27 | 10)"});
}

TEST_CASE("numbers of two organizations stand in streams of their own", "[importers][analytics]") {
  const auto of = [](const string& organization) {
    const auto made = converted("pytake-analytics", R"({"_id":"n-1",)" + organization +
                                                        R"("metric_type":"cpu","value":1,"date":"2026-01-27"})");
    CHECK(member_of(made.lines.front(), "created_at") == R"("2026-01-27T00:00:00.000000Z")");
    return made;
  };
  Moved moved;
  CHECK(moved.take(of(R"("organization_id":"org-1",)")) == 1);
  CHECK(moved.take(of(R"("organization_id":"org-2",)")) == 1);
  CHECK(moved.take(of("")) == 1);
  CHECK(moved.rows("SELECT organization_id, value FROM analytics ORDER BY 1") ==
        Rows{"default | 1.0", "org-1 | 1.0", "org-2 | 1.0"});
}

TEST_CASE("a sum of several numbers says that it is recorded as one", "[importers][analytics]") {
  CHECK(converted("pytake-analytics", metric(R"("date":"2026-01-27","count":12)")).left_out.size() == 1);
  CHECK(converted("pytake-analytics", metric(R"("date":"2026-01-27","count":1)")).left_out.empty());
  CHECK(refusal("pytake-analytics", metric("")) == es::Errc::invalid_argument);
  CHECK(refusal("pytake-analytics", R"({"_id":"n","metric_type":"cpu","date":"2026-01-27"})") ==
        es::Errc::invalid_argument);
}

}  // namespace pytake_test
