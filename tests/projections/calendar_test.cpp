// users, calendar_events, sessions, agent_logs: the documents of the calendar assistant, without tokens.
#include <aggregates/assistant_run/assistant_run.hpp>
#include <aggregates/calendar_event/calendar_event.hpp>
#include <aggregates/session/session.hpp>
#include <aggregates/user/user.hpp>

#include "projections/domain_log.hpp"

using namespace domain;

namespace calendar_test {

namespace {

CalendarEventCreated entry(string summary) {
  CalendarEventCreated made{};
  made.user_id = "u-1";
  made.provider = CalendarProvider::google;
  made.provider_event_id = "g-" + summary;
  made.summary = std::move(summary);
  made.start = moment("2026-02-01T09:00:00Z");
  made.end = moment("2026-02-01T10:00:00Z");
  made.attendees = Attendees{"bea@example.org"};
  return made;
}

CalendarEventChanged moved(const char* start, const char* end) {
  CalendarEventChanged made{};
  made.details.start = moment(start);
  made.details.end = moment(end);
  return made;
}

SessionStarted session(string user_id) {
  return {std::move(user_id), CalendarProvider::google, es::Secret{"planted-access"}, es::Secret{"planted-refresh"},
          moment("2026-01-27T12:00:00Z")};
}

}  // namespace

TEST_CASE("a user's document has the address and no token and goes with the erasure", "[projections][users]") {
  DomainLog log;
  log.record("user-u-1", UserRegistered{"Ana@Example.org"});
  log.record("user-u-1", UserTokensUpdated{CalendarProvider::google, es::Secret{"planted-token"}});
  CHECK(log.document("users") ==
        canonical(R"({"_id":")" + es::document_id("users", "u-1").to_string() +
                  R"(","organization_id":"org-1","aggregate_id":"u-1","email":"ana@example.org","version":2,
                     "created_at":"2026-01-27T10:30:00.000000Z","updated_at":"2026-01-27T10:30:01.000000Z"})"));
  for (const auto& row : log.dump(*log.collections)) CHECK_THAT(row, !Catch::Contains("planted"));
  log.record("user-u-1", UserErased{});
  CHECK(log.rows("SELECT aggregate_id FROM users").empty());
  log.record("user-u-1", UserEmailChanged{"back@example.org"});
  CHECK(log.rows("SELECT aggregate_id FROM users").empty());
}

TEST_CASE("a user without a registration has no document", "[projections][users]") {
  DomainLog log;
  log.record("user-u-1", UserTokensUpdated{CalendarProvider::microsoft, es::Secret{"planted-token"}});
  CHECK(log.rows("SELECT aggregate_id FROM users").empty());
  log.record("user-u-1", UserRegistered{"ana@example.org"});
  CHECK(log.rows("SELECT email, version FROM users") == Rows{"ana@example.org | 2"});
}

TEST_CASE("a calendar event's document follows its changes until it is deleted", "[projections][calendar_events]") {
  DomainLog log;
  log.record("calendar_event-e-1", entry("Stand-up"));
  CHECK(log.document("calendar_events") ==
        canonical(R"({"_id":")" + es::document_id("calendar_events", "e-1").to_string() +
                  R"(","organization_id":"org-1","aggregate_id":"e-1","user_id":"u-1","provider":"google",
                     "provider_event_id":"g-Stand-up","summary":"Stand-up","start":"2026-02-01T09:00:00.000000Z",
                     "end":"2026-02-01T10:00:00.000000Z","attendees":["bea@example.org"],"version":1,
                     "created_at":"2026-01-27T10:30:00.000000Z","updated_at":"2026-01-27T10:30:00.000000Z"})"));
  log.record("calendar_event-e-1", moved("2026-02-02T09:00:00Z", "2026-02-02T10:00:00Z"));
  CHECK(log.rows("SELECT \"start\", version FROM calendar_events") == Rows{"2026-02-02T09:00:00.000000Z | 2"});
  log.record("calendar_event-e-1", CalendarEventDeleted{});
  CHECK(log.rows("SELECT aggregate_id FROM calendar_events").empty());
  log.record("calendar_event-e-1", moved("2026-02-03T09:00:00Z", "2026-02-03T10:00:00Z"));
  log.record("calendar_event-e-1", entry("Stand-up"));
  CHECK(log.rows("SELECT aggregate_id FROM calendar_events").empty());
}

TEST_CASE("a calendar event whose change comes first has a document from its creation on",
          "[projections][calendar_events]") {
  DomainLog log;
  log.record("calendar_event-e-1", moved("2026-02-02T09:00:00Z", "2026-02-02T10:00:00Z"));
  CHECK(log.rows("SELECT aggregate_id FROM calendar_events").empty());
  log.record("calendar_event-e-1", entry("Stand-up"));
  CHECK(log.rows("SELECT summary, \"start\", version FROM calendar_events") ==
        Rows{"Stand-up | 2026-02-02T09:00:00.000000Z | 2"});
}

TEST_CASE("two calendar events of one provider_event_id in a history are two documents",
          "[projections][calendar_events]") {
  DomainLog log;
  log.record("calendar_event-e-1", entry("Stand-up"));
  log.record("calendar_event-e-2", entry("Stand-up"));
  CHECK(log.rows("SELECT aggregate_id FROM calendar_events ORDER BY 1") == Rows{"e-1", "e-2"});
}

TEST_CASE("a session's document says until when it is active and when it ended", "[projections][sessions]") {
  DomainLog log;
  log.record("session-s-1", session("u-1"));
  log.record("session-s-1", SessionRefreshed{es::Secret{"planted-next"}, {}, moment("2026-01-27T13:00:00Z")});
  CHECK(log.document("sessions") ==
        canonical(R"({"_id":")" + es::document_id("sessions", "s-1").to_string() +
                  R"(","organization_id":"org-1","aggregate_id":"s-1","user_id":"u-1","provider":"google",
                     "expires_at":"2026-01-27T13:00:00.000000Z","version":2,
                     "created_at":"2026-01-27T10:30:00.000000Z"})"));
  for (const auto& row : log.dump(*log.collections)) CHECK_THAT(row, !Catch::Contains("planted"));
  log.record("session-s-1", SessionEnded{});
  CHECK(log.rows("SELECT ended_at, version FROM sessions") == Rows{"2026-01-27T10:30:02.000000Z | 3"});
}

TEST_CASE("a session is kept for thirty days from its expiry", "[projections][sessions]") {
  DomainLog log;
  log.record("session-s-1", session("u-1"));
  auto longer = session("u-1");
  longer.expires_at = moment("2026-06-01T12:00:00Z");
  log.record("session-s-2", longer);
  log.run();
  for (const auto& projection : log.projections) {
    if (projection.name() != "sessions") continue;
    CHECK(projection.shape.keep_days == 30);
    CHECK(projection.shape.keep_since == "expires_at");
    const auto expire = [&](const char* now) {
      return log.collections->expire(projection.shape, "sessions", moment(now).plus_seconds(-30 * 86'400), 100);
    };
    CHECK(*expire("2026-02-26T12:00:00Z") == 0);
    CHECK(*expire("2026-02-26T12:00:01Z") == 1);
  }
  CHECK(DomainLog::texts(*log.collections, "SELECT aggregate_id FROM sessions") == Rows{"s-2"});
}

TEST_CASE("the document of a run has its steps as they were told", "[projections][agent_logs]") {
  DomainLog log;
  log.record("assistant_run-r-1", AssistantStepTaken{es::Json{R"("looked")"}});
  CHECK(log.rows("SELECT aggregate_id FROM agent_logs").empty());
  log.record("assistant_run-r-1", AssistantRunStarted{"u-1", "s-1", "When am I free?"});
  log.record("assistant_run-r-1", AssistantIntentDetected{"ask"});
  log.record("assistant_run-r-1", AssistantStepTaken{es::Json{R"({"name":"list","input":{"days":7}})"}});
  log.record("assistant_run-r-1", AssistantRunCompleted{"On Friday."});
  CHECK(log.document("agent_logs") ==
        canonical(R"({"_id":")" + es::document_id("agent_logs", "r-1").to_string() +
                  R"(","organization_id":"org-1","aggregate_id":"r-1","user_id":"u-1","session_id":"s-1",
                     "intent":"ask","input_text":"When am I free?","steps":["looked",{"name":"list","input":{"days":7}}],
                     "final_output":"On Friday.","status":"completed","version":5,
                     "created_at":"2026-01-27T10:30:00.000000Z","updated_at":"2026-01-27T10:30:04.000000Z"})"));
}

TEST_CASE("the collections of the calendar assistant agree with the events", "[projections][calendar]") {
  DomainLog log;
  log.record("calendar_event-e-1", entry("a"));
  log.record("calendar_event-e-2", entry("b"));
  log.record("calendar_event-e-3", entry("c"));
  log.record("calendar_event-e-2", CalendarEventDeleted{});
  log.record("calendar_event-e-3", moved("2026-02-05T09:00:00Z", "2026-02-05T10:00:00Z"));
  for (const char* const key : {"assistant_run-r-1", "assistant_run-r-2"}) {
    log.record(key, AssistantRunStarted{"u-1", {}, "x"});
    for (int step = 0; step < 3; ++step) log.record(key, AssistantStepTaken{es::Json{R"("s")"}});
  }
  log.record("assistant_run-r-2", AssistantRunFailed{"no answer"});
  CHECK(log.rows("SELECT aggregate_id FROM calendar_events ORDER BY 1") ==
        log.rows("SELECT aggregate_id FROM events WHERE event_type = 'CalendarEventCreated' AND aggregate_id NOT IN "
                 "(SELECT aggregate_id FROM events WHERE event_type = 'CalendarEventDeleted') ORDER BY 1"));
  CHECK(log.rows("SELECT \"start\" FROM calendar_events WHERE aggregate_id = 'e-3'") ==
        log.rows("SELECT event_data ->> '$.start' FROM events WHERE event_type = 'CalendarEventChanged'"));
  CHECK(
      log.rows("SELECT aggregate_id, json_array_length(steps) FROM agent_logs ORDER BY 1") ==
      log.rows("SELECT aggregate_id, count(*) FROM events WHERE event_type = 'AssistantStepTaken' GROUP BY 1 ORDER BY "
               "1"));
  CHECK(log.rows("SELECT status, count(*) FROM agent_logs GROUP BY 1 ORDER BY 1") == Rows{"failed | 1", "running | 1"});
}

}  // namespace calendar_test
