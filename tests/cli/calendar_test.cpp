// A day of the calendar assistant, as a user of the command line lives it: a user registers, tokens come, entries and
// sessions are made, the assistant runs, everything is asked for, and at last the user is forgotten.
#include "scenario.hpp"

namespace calendar_test {

using namespace eventstore::cli_test;

namespace {

using Texts = std::vector<std::string>;

const std::string ten = "2026-02-01T10:00:00Z";
const std::string stand_up =
    R"({"aggregate_id":"e-1","user_id":"u-1","provider":"google","provider_event_id":"g-1","summary":"Stand-up",)"
    R"("start":"2026-02-02T09:00:00Z","end":"2026-02-02T09:15:00Z","attendees":["bea@example.org"]})";
const std::string lunch =
    R"({"aggregate_id":"e-2","user_id":"u-1","provider":"google","summary":"Lunch","start":"2026-02-02T12:00:00Z",)"
    R"("end":"2026-02-02T13:00:00Z","location":"Canteen"})";
const std::string run_log =
    R"({"aggregate_id":"r-1","user_id":"u-1","session_id":"s-1","intent":"ask","input_text":"When am I free?",)"
    R"("steps":["looked at the calendar",{"name":"list_events","input":{"days":1},"duration_ms":12}],)"
    R"("final_output":"From ten to twelve."})";

std::string session(const std::string& id, const std::string& expires_at) {
  return R"({"aggregate_id":")" + id + R"(","user_id":"u-1","provider":"google","access_token":"planted-access",)" +
         R"("refresh_token":"planted-refresh","expires_at":")" + expires_at + "\"}";
}

// The cursor at the end of a list, as it is to be given back.
std::string cursor_of(const std::string& page) {
  const std::string name = R"({"next_cursor":")";
  const auto begin = page.find(name);
  REQUIRE(begin != std::string::npos);
  std::string text;
  for (auto at = begin + name.size(); page[at] != '"'; ++at) text += page[at] == '\\' ? page[++at] : page[at];
  return text;
}

class Assistant : public Scenario {
 public:
  Assistant() : Scenario{ten} {}
  // What the program shows, in every way that it shows events, states and documents.
  [[nodiscard]] std::string everything() const {
    std::string all = shell.result({"all"}) + shell.result({"export"});
    for (const char* const stream : {"user-u-1", "calendar_event-e-1", "session-s-1", "assistant_run-r-1"})
      all += shell.result({"state", stream}) + shell.run({"log", stream}).out;
    for (const char* const table : {"users", "calendar_events", "sessions", "agent_logs", "audit_logs", "events"})
      for (const auto& row : sql(shell, std::string{"SELECT * FROM "} + table)) all += row + "\n";
    return all;
  }
};

// Registers u-1, gives it tokens, two entries, two sessions and a run, and projects.
void fill(const Assistant& assistant) {
  (void)assistant.must({"execute", "user-u-1", "register", R"({"email":"Ana@Example.org"})"});
  CHECK(assistant.record({"update_user_tokens", "u-1", "google", R"({"access_token":"planted-token"})"}) ==
        "{\"updated\":true}\n");
  (void)assistant.record({"create_event", stand_up});
  (void)assistant.record({"create_event", "--event", lunch});
  (void)assistant.record({"create_session", session("s-1", "2026-02-01T11:00:00Z")});
  (void)assistant.record({"create_session", session("s-2", "2026-02-01T12:00:00Z")});
  (void)assistant.record({"create_agent_log", run_log});
  assistant.project();
}

}  // namespace

SCENARIO("the calendar assistant keeps users, entries, sessions and runs and finds them again", "[calendar]") {
  const Assistant assistant;
  GIVEN("a user who is registered") {
    CHECK(count_lines(assistant.must({"execute", "user-u-1", "register", R"({"email":"Ana@Example.org"})"})) == 1);
    require_complaint(assistant.run({"execute", "user-u-2", "register", R"({"email":"ana@example.org"})"}), 5,
                      {"not_unique", "another user has this email"});

    WHEN("tokens are updated") {
      const Words update{"update_user_tokens", "u-1", "google", R"({"access_token":"planted-token"})"};
      CHECK(assistant.record(update) == "{\"updated\":true}\n");
      CHECK(assistant.record({"update_user_tokens", "u-9", "google", R"({"access_token":"x"})"}) ==
            "{\"updated\":false}\n");
      THEN("they are sealed") {
        CHECK(assistant.types("user-u-1") == Texts{"UserRegistered", "UserTokensUpdated"});
        const auto state = assistant.shell.result({"state", "user-u-1"});
        CHECK(state.find("planted") == std::string::npos);
        CHECK(state.find(R"("google_token":"sealed")") != std::string::npos);
        CHECK(state.find("microsoft_token") == std::string::npos);
      }
      THEN("tokens that are none are refused and not repeated") {
        const auto refused = assistant.run({"record", "update_user_tokens", "u-1", "google", "planted-token"});
        CHECK(refused.exit_code == 2);
        CHECK(refused.err.find("tokens") != std::string::npos);
        CHECK(refused.err.find("planted") == std::string::npos);
      }
    }

    WHEN("a calendar event is created") {
      const auto answer = assistant.record({"create_event", stand_up});
      assistant.project();
      THEN("the answer is the document that the collection has") {
        CHECK(value(answer, "_id") == sql(assistant.shell, "SELECT _id FROM calendar_events").front());
        CHECK(value(answer, "summary") == "Stand-up");
        CHECK(answer == assistant.query({"get_user_events", "u-1", "2026-02-02T00:00:00Z", "2026-02-03T00:00:00Z"}));
      }
      THEN("it is refused once more and with an end before its start") {
        require_complaint(assistant.run({"record", "create_event", stand_up}), 5, {"already_exists"});
        auto same = stand_up;
        same.replace(same.find("e-1"), 3, "e-9");
        require_complaint(assistant.run({"record", "create_event", same}), 5, {"not_unique"});
        auto backwards = lunch;
        backwards.replace(backwards.find("13:00"), 5, "11:59");
        require_complaint(assistant.run({"record", "create_event", backwards}), 5,
                          {"end_before_start", "end is not before start"});
      }
    }
  }
}

SCENARIO("everything of the calendar assistant is asked for through the command line", "[calendar]") {
  const Assistant assistant;
  fill(assistant);
  CHECK(value(assistant.query({"get_user_by_email", "ANA@example.org"}), "aggregate_id") == "u-1");
  CHECK(assistant.query({"get_user_by_email", "bea@example.org"}).empty());

  const auto events = [&](const char* start, const char* end) {
    return values(assistant.query({"get_user_events", "u-1", start, end}), "summary");
  };
  CHECK(events("2026-02-02", "2026-02-03") == Texts{"Stand-up", "Lunch"});
  CHECK(events("2026-02-02T09:14:59Z", "2026-02-02T12:00:00Z") == Texts{"Stand-up"});
  CHECK(events("2026-02-02T09:15:00Z", "2026-02-02T12:00:01Z") == Texts{"Lunch"});
  const auto page = assistant.query({"get_user_events", "u-1", "2026-02-02", "2026-02-03", "limit=1"});
  CHECK(values(page, "summary").front() == "Stand-up");
  CHECK(values(assistant.query(
                   {"get_user_events", "u-1", "2026-02-02", "2026-02-03", "limit=1", "cursor=" + cursor_of(page)}),
               "summary")
            .front() == "Lunch");
  require_complaint(assistant.run({"query", "get_user_events", "u-1", "2026-02-03", "2026-02-03"}), 2,
                    {"end is after start"});

  const auto active = [&] { return value(assistant.query({"get_active_session", "u-1", "google"}), "aggregate_id"); };
  CHECK(active() == "s-2");
  (void)assistant.must({"execute", "session-s-2", "end", R"({"reason":"signed out"})"});
  assistant.project();
  CHECK(active() == "s-1");
  CHECK(assistant.shell
            .result({"query", "get_active_session", "u-1", "google", "--org", "org-1", "--now", "2026-02-01T11:00:00Z"})
            .empty());
  CHECK(assistant.query({"get_active_session", "u-1", "microsoft"}).empty());

  const auto run = assistant.query({"get_user_agent_logs", "u-1"});
  CHECK(value(run, "intent") == "ask");
  CHECK(value(run, "status") == "completed");
  CHECK(run.find(R"("steps":["looked at the calendar",{"name":"list_events")") != std::string::npos);
  CHECK(assistant.types("assistant_run-r-1") == Texts{"AssistantRunStarted", "AssistantIntentDetected",
                                                      "AssistantStepTaken", "AssistantStepTaken",
                                                      "AssistantRunCompleted"});

  CHECK(sql(assistant.shell, "SELECT action FROM audit_logs WHERE resource_id = 'u-1' ORDER BY position") ==
        Texts{"create", "update"});
  CHECK(assistant.everything().find("planted") == std::string::npos);
  CHECK(assistant.shell.run({"claims", "--check"}).exit_code == 0);
  CHECK(assistant.shell.run({"project", "verify"}).exit_code == 0);
}

SCENARIO("a user of the calendar assistant who is erased is gone from all that was recorded", "[calendar][subject]") {
  const Assistant assistant;
  fill(assistant);
  // A change that came before anybody knew whose entry it is about.
  (void)assistant.record(
      {"store_event", "CalendarEventChanged", R"({"location":"Early place"})", "e-3", "calendar_event"});
  (void)assistant.record({"create_event",
                          R"({"aggregate_id":"e-3","user_id":"u-1","provider":"microsoft","summary":"Tea",)"
                          R"("start":"2026-02-02T16:00:00Z","end":"2026-02-02T17:00:00Z"})"});
  assistant.project();
  CHECK(assistant.everything().find("Early place") != std::string::npos);
  CHECK(assistant.must({"subject", "export", "u-1"}).find("When am I free?") != std::string::npos);
  CHECK(assistant.shell.run({"subject", "erase", "u-1", "--org", "org-1"}).exit_code == 0);
  const auto left = assistant.everything() + assistant.shell.run({"export", "--clear"}).out;
  for (const char* const text :
       {"xample.org", "Stand-up", "Canteen", "Early place", "Tea", "When am I free", "ten to twelve", "list_events"}) {
    CAPTURE(text);
    CHECK(left.find(text) == std::string::npos);
  }
  CHECK(assistant.query({"get_user_by_email", "ana@example.org"}).empty());
  (void)assistant.must({"execute", "user-u-2", "register", R"({"email":"ana@example.org"})"});
  CHECK(assistant.shell.run({"verify"}).exit_code == 0);
}

}  // namespace calendar_test
