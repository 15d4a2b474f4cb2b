// The functions of the calendar assistant: what they record, what they answer before projections run, and what the
// collections answer afterwards.
#include <aggregates/calendar_event/calendar_event.hpp>
#include <aggregates/session/session.hpp>
#include <aggregates/user/user.hpp>
#include <eventstore/aggregate/repository.hpp>
#include <functions/calendar.hpp>

#include "functions/office.hpp"

using namespace domain;

namespace calendar_test {

namespace {

constexpr auto google = CalendarProvider::google;
constexpr auto microsoft = CalendarProvider::microsoft;

struct Assistant : Office {
  [[nodiscard]] es::AskContext asking(const string& organization = "org-1") { return context(organization).asking(); }

  template <class A, class Command>
  void give(const string& key, const Command& command, const string& organization = "org-1") {
    es::Repository<A> repository{log, clock};
    es::CommandOptions options{};
    options.metadata.organization = organization;
    const auto executed = repository.execute(key, command, options);
    if (!executed) FAIL(executed.error().message());
  }
  [[nodiscard]] UserState user(const string& key) {
    es::Repository<User> users{log, clock};
    return good(users.load(key)).state;
  }
  [[nodiscard]] es::Position head() const { return *log.head(); }
  StoredCalendarEvent add(const string& id, const char* start, const char* end, const string& user = "u-1") {
    return good(
        create_event(context(), {{id, {user, google, {}, "Meeting " + id, moment(start), moment(end), {}, {}, {}}}}));
  }
  StoredSession begin(const string& id, const char* expires_at, CalendarProvider provider = google,
                      const string& user = "u-1") {
    return good(create_session(
        context(),
        {{id, {user, provider, es::Secret{"planted-access"}, es::Secret{"planted-refresh"}, moment(expires_at)}}}));
  }
};

es::RecordContext with_id(es::RecordContext context, const char* id, const char* content) {
  context.command_id = es::Uuid::v5(es::Uuid{}, id);
  context.content = es::Uuid::v5(es::Uuid{}, content);
  return context;
}

Rows keys(const es::PageOf<StoredCalendarEvent>& page) {
  Rows all;
  for (const auto& event : page.documents) all.push_back(event.document.aggregate_id);
  return all;
}
Rows keys(const es::PageOf<StoredAgentLog>& page) {
  Rows all;
  for (const auto& run : page.documents) all.push_back(run.document.aggregate_id);
  return all;
}

UpdateTokensOfUser tokens(const char* user, const char* json) { return {user, google, es::Json{json}}; }

NewAgentLog run_of(const char* id, const char* user = "u-1") {
  NewAgentLog made{};
  made.aggregate_id = id;
  made.details.user_id = user;
  made.details.intent = "ask";
  made.details.input_text = "When am I free?";
  made.details.steps = {es::Json{R"("looked at the calendar")"},
                        es::Json{R"({"name":"list_events","duration_ms":12})"}};
  made.details.final_output = "On Friday.";
  return made;
}

}  // namespace

TEST_CASE("a user is found by the e-mail address in any case of letters", "[functions][calendar]") {
  Assistant office;
  office.give<User>("u-1", RegisterUser{"Ana@Example.org"});
  office.give<User>("u-2", RegisterUser{"bea@example.org"});
  CHECK(code(get_user_by_email(office.asking(), {"ana@example.org"})) == es::Errc::not_found);  // not made yet
  office.run();
  const auto found = good(get_user_by_email(office.asking(), {"ANA@example.ORG"}));
  REQUIRE(found);
  CHECK(found->document.aggregate_id == "u-1");
  CHECK(found->document.email == "ana@example.org");
  CHECK(found->organization_id == "org-1");
  CHECK(found->_id == es::document_id("users", "u-1").to_string());
  CHECK(!good(get_user_by_email(office.asking(), {"nobody@example.org"})));
  CHECK(!good(get_user_by_email(office.asking("org-2"), {"ana@example.org"})));
}

TEST_CASE("of users with one address in a history the first is found", "[functions][calendar]") {
  Assistant office;
  office.record("user-u-9", UserRegistered{"ana@example.org"});
  office.record("user-u-1", UserRegistered{"Ana@example.org"});
  office.run();
  CHECK(good(get_user_by_email(office.asking(), {"ana@example.org"}))->document.aggregate_id == "u-9");
}

TEST_CASE("tokens of a user are updated and those of nobody are not", "[functions][calendar]") {
  Assistant office;
  office.give<User>("u-1", RegisterUser{"ana@example.org"});
  CHECK(good(update_user_tokens(office.context(), tokens("u-1", R"({"access_token":"g-1"})"))).updated);
  CHECK(office.user("u-1").google_token == es::Secret{R"({"access_token":"g-1"})"});
  CHECK(!office.user("u-1").microsoft_token);
  const auto head = office.head();
  CHECK(good(update_user_tokens(office.context(), tokens("u-1", R"({"access_token":"g-1"})"))).updated);
  CHECK_FALSE(good(update_user_tokens(office.context(), tokens("u-2", R"("x")"))).updated);
  CHECK_FALSE(good(update_user_tokens(office.context("org-2"), tokens("u-1", R"("x")"))).updated);
  CHECK(office.head() == head);
  CHECK(good(update_user_tokens(office.context(), tokens("u-1", R"("a text")"))).updated);
  CHECK(office.user("u-1").google_token == es::Secret{"a text"});
  office.give<User>("u-1", EraseUser{});
  CHECK_FALSE(good(update_user_tokens(office.context(), tokens("u-1", R"("x")"))).updated);
}

TEST_CASE("tokens that are none are refused and not quoted", "[functions][calendar]") {
  Assistant office;
  office.give<User>("u-1", RegisterUser{"ana@example.org"});
  for (const char* const json : {"{}", R"("")", "1", R"(["planted"])", "null", "planted"}) {
    CAPTURE(json);
    const auto answer = update_user_tokens(office.context(), tokens("u-1", json));
    REQUIRE(code(answer) == es::Errc::invalid_argument);
    CHECK_THAT(answer.error().message(), !Catch::Contains("planted"));
  }
}

TEST_CASE("an update of tokens is repeated by its id with the same answer", "[functions][calendar]") {
  Assistant office;
  office.give<User>("u-1", RegisterUser{"ana@example.org"});
  const auto first = with_id(office.context(), "first", "a");
  const auto nobody = with_id(office.context(), "second", "b");
  CHECK(good(update_user_tokens(first, tokens("u-1", R"("t")"))).updated);
  CHECK_FALSE(good(update_user_tokens(nobody, tokens("u-2", R"("t")"))).updated);
  const auto same = with_id(office.context(), "third", "c");
  CHECK(good(update_user_tokens(same, tokens("u-1", R"("t")"))).updated);
  office.give<User>("u-2", RegisterUser{"bea@example.org"});
  office.give<User>("u-1", EraseUser{});
  const auto head = office.head();
  CHECK(good(update_user_tokens(first, tokens("u-1", R"("t")"))).updated);
  CHECK_FALSE(good(update_user_tokens(nobody, tokens("u-2", R"("t")"))).updated);
  CHECK(good(update_user_tokens(same, tokens("u-1", R"("t")"))).updated);
  CHECK(office.head() == head);
}

TEST_CASE("a new calendar event is answered as its collection has it", "[functions][calendar]") {
  Assistant office;
  const CreateEvent parameters{{"e-1",
                                {"u-1",
                                 google,
                                 "g-1",
                                 "Stand-up",
                                 moment("2026-02-01T09:00:00Z"),
                                 moment("2026-02-01T10:00:00Z"),
                                 {},
                                 "Room 1",
                                 Attendees{"bea@example.org"}}}};
  const auto answer = good(create_event(office.context(), parameters));
  CHECK(canonical(es::answer_json(answer)) == office.document("calendar_events"));
  CHECK(code(create_event(office.context(), parameters)) == es::Errc::refused);
  const auto unnamed = good(create_event(
      office.context(),
      {{{},
        {"u-1", google, {}, "Lunch", moment("2026-02-01T12:00:00Z"), moment("2026-02-01T13:00:00Z"), {}, {}, {}}}}));
  CHECK(es::Uuid::parse(unnamed.document.aggregate_id));
}

TEST_CASE("a calendar event that breaks the rules is not created", "[functions][calendar]") {
  Assistant office;
  const auto make = [&](const string& id, const string& provider_event_id, const char* end) {
    return create_event(
        office.context(),
        {{id,
          {"u-1", google, provider_event_id, "Stand-up", moment("2026-02-01T09:00:00Z"), moment(end), {}, {}, {}}}});
  };
  const auto backwards = make("e-1", "g-1", "2026-02-01T08:59:59Z");
  CHECK(code(backwards) == es::Errc::refused);
  CHECK(backwards.error().refusal_code == "end_before_start");
  good(make("e-1", "g-1", "2026-02-01T10:00:00Z"));
  const auto head = office.head();
  const auto again = make("e-2", "g-1", "2026-02-01T10:00:00Z");
  CHECK(code(again) == es::Errc::refused);
  CHECK(again.error().refusal_code == "not_unique");
  CHECK(office.head() == head);
  good(make("e-2", "g-2", "2026-02-01T10:00:00Z"));
  office.give<CalendarEvent>("e-1", DeleteCalendarEvent{});
  good(make("e-3", "g-1", "2026-02-01T10:00:00Z"));
  CHECK(create_event(
      office.context("org-2"),
      {{"e-4",
        {"u-1", google, "g-1", "x", moment("2026-02-01T09:00:00Z"), moment("2026-02-01T09:00:00Z"), {}, {}, {}}}}));
}

TEST_CASE("a calendar event is created once by one id and answered as it was then", "[functions][calendar]") {
  Assistant office;
  const auto context = with_id(office.context(), "create", "a");
  const CreateEvent parameters{
      {{}, {"u-1", google, {}, "Lunch", moment("2026-02-01T12:00:00Z"), moment("2026-02-01T13:00:00Z"), {}, {}, {}}}};
  const auto first = good(create_event(context, parameters));
  CalendarEventDetails later{};
  later.summary = "Dinner";
  office.clock.advance_seconds(60);
  office.give<CalendarEvent>(first.document.aggregate_id, ChangeCalendarEvent{later});
  const auto head = office.head();
  CHECK(good(create_event(context, parameters)) == first);
  CHECK(office.head() == head);
  CHECK(code(create_event(with_id(office.context(), "create", "another"), parameters)) == es::Errc::id_conflict);
}

TEST_CASE("a calendar event whose changes came first is answered with them", "[functions][calendar]") {
  Assistant office;
  CalendarEventChanged early{};
  early.details.summary = "Moved";
  office.record("calendar_event-e-1", early);
  const auto answer = office.add("e-1", "2026-02-01T09:00:00Z", "2026-02-01T10:00:00Z");
  CHECK(answer.document.summary == "Moved");
  CHECK(answer.document.version == 2);
  CHECK(canonical(es::answer_json(answer)) == office.document("calendar_events"));
}

TEST_CASE("a user's events are those that overlap the time", "[functions][calendar]") {
  Assistant office;
  office.add("before", "2026-02-01T07:00:00Z", "2026-02-01T08:00:00Z");
  office.add("ends-at-start", "2026-02-01T08:00:00Z", "2026-02-01T09:00:00Z");
  office.add("into", "2026-02-01T08:30:00Z", "2026-02-01T09:00:01Z");
  office.add("around", "2026-01-31T00:00:00Z", "2026-02-03T00:00:00Z");
  office.add("moment-at-start", "2026-02-01T09:00:00Z", "2026-02-01T09:00:00Z");
  office.add("within", "2026-02-01T09:15:00Z", "2026-02-01T09:30:00Z");
  office.add("moment-within", "2026-02-01T09:20:00Z", "2026-02-01T09:20:00Z");
  office.add("out-of", "2026-02-01T09:59:59Z", "2026-02-01T11:00:00Z");
  office.add("moment-at-end", "2026-02-01T10:00:00Z", "2026-02-01T10:00:00Z");
  office.add("begins-at-end", "2026-02-01T10:00:00Z", "2026-02-01T11:00:00Z");
  office.add("another's", "2026-02-01T09:15:00Z", "2026-02-01T09:30:00Z", "u-2");
  office.run();
  const GetUserEvents question{"u-1", moment("2026-02-01T09:00:00Z"), moment("2026-02-01T10:00:00Z"), 50, {}};
  const auto page = good(get_user_events(office.asking(), question));
  CHECK(keys(page) == Rows{"around", "into", "moment-at-start", "within", "moment-within", "out-of"});
  CHECK(page.next_cursor.empty());
  CHECK(good(get_user_events(office.asking("org-2"), question)).documents.empty());

  Rows paged;
  for (int64_t limit : {1, 2, 5}) {
    paged.clear();
    auto part = question;
    part.limit = limit;
    for (int pages = 0; pages < 20; ++pages) {
      const auto found = good(get_user_events(office.asking(), part));
      CHECK(found.documents.size() <= static_cast<std::size_t>(limit));
      const auto more = keys(found);
      paged.insert(paged.end(), more.begin(), more.end());
      if (found.next_cursor.empty()) break;
      part.cursor = found.next_cursor;
    }
    CHECK(paged == keys(page));
  }
}

TEST_CASE("each moment of consecutive times is in one of them", "[functions][calendar]") {
  Assistant office;
  for (const char* const time : {"2026-02-01T09:00:00Z", "2026-02-01T10:00:00Z", "2026-02-01T10:59:59Z"})
    office.add(time, time, time);
  office.run();
  Rows all;
  for (const auto& [start, end] : {std::pair{"2026-02-01T09:00:00Z", "2026-02-01T10:00:00Z"},
                                   std::pair{"2026-02-01T10:00:00Z", "2026-02-01T11:00:00Z"}})
    for (const auto& key : keys(good(get_user_events(office.asking(), {"u-1", moment(start), moment(end), 50, {}}))))
      all.push_back(key);
  CHECK(all == Rows{"2026-02-01T09:00:00Z", "2026-02-01T10:00:00Z", "2026-02-01T10:59:59Z"});
}

TEST_CASE("lists of the calendar assistant refuse times and limits that are none", "[functions][calendar]") {
  Assistant office;
  office.run();
  const auto nine = moment("2026-02-01T09:00:00Z");
  const auto asked = [&](es::Timestamp end, int64_t limit, const char* cursor = nullptr) {
    GetUserEvents question{"u-1", nine, end, limit, {}};
    if (cursor != nullptr) question.cursor = cursor;
    return get_user_events(office.asking(), question);
  };
  CHECK(code(asked(nine, 50)) == es::Errc::invalid_argument);
  CHECK(asked(nine, 50).error().where == "end");
  CHECK(code(asked(nine.plus_seconds(1), -1)) == es::Errc::invalid_argument);
  CHECK(code(asked(nine.plus_seconds(1), 1'001)) == es::Errc::invalid_argument);
  CHECK(code(asked(nine.plus_seconds(1), 50, "nonsense")) == es::Errc::invalid_argument);
  CHECK(good(asked(nine.plus_seconds(1), 0)).documents.empty());
  CHECK(good(asked(nine.plus_seconds(1), 1'000)).documents.empty());
  CHECK(code(get_user_agent_logs(office.asking(), {"u-1", 1'001, {}})) == es::Errc::invalid_argument);
  CHECK(good(get_user_agent_logs(office.asking(), {"u-1", 0, {}})).documents.empty());
}

TEST_CASE("a new session is answered without its tokens", "[functions][calendar]") {
  Assistant office;
  const auto answer = office.begin("s-1", "2026-01-27T12:00:00Z");
  CHECK_THAT(es::answer_json(answer), !Catch::Contains("planted"));
  CHECK_THAT(es::answer_json(answer), !Catch::Contains("token"));
  CHECK(canonical(es::answer_json(answer)) == office.document("sessions"));
  es::Repository<Session> sessions{office.log, office.clock};
  CHECK(good(sessions.load("s-1")).state.access_token == es::Secret{"planted-access"});
}

TEST_CASE("the active session is the one that expires last and has not ended", "[functions][calendar]") {
  Assistant office;  // at 10:30
  office.begin("past", "2026-01-27T10:00:00Z");
  office.begin("soon", "2026-01-27T11:00:00Z");
  office.begin("later", "2026-01-27T12:00:00Z");
  office.begin("ended", "2026-01-27T13:00:00Z");
  office.begin("other", "2026-01-27T14:00:00Z", microsoft);
  office.begin("another's", "2026-01-27T14:00:00Z", google, "u-2");
  office.give<Session>("ended", EndSession{});
  office.run();
  const auto active = [&](const char* user, CalendarProvider provider) {
    const auto found = good(get_active_session(office.asking(), {user, provider}));
    return found ? found->document.aggregate_id : string{"none"};
  };
  CHECK(active("u-1", google) == "later");
  CHECK(active("u-1", microsoft) == "other");
  CHECK(active("u-2", microsoft) == "none");
  CHECK(!good(get_active_session(office.asking("org-2"), {"u-1", google})));
  office.give<Session>("later", EndSession{});
  office.run();
  CHECK(active("u-1", google) == "soon");
  office.clock.set(moment("2026-01-27T10:59:59Z"));
  CHECK(active("u-1", google) == "soon");
  office.clock.set(moment("2026-01-27T11:00:00Z"));
  CHECK(active("u-1", google) == "none");
}

TEST_CASE("a run is recorded as a whole or not at all", "[functions][calendar]") {
  Assistant office;
  const auto answer = good(create_agent_log(office.context(), {run_of("r-1")}));
  CHECK(answer.document.status == AssistantRunStatus::completed);
  CHECK(canonical(es::answer_json(answer)) == office.document("agent_logs"));
  CHECK(office.types("assistant_run-r-1") == Rows{"AssistantRunStarted", "AssistantIntentDetected",
                                                  "AssistantStepTaken", "AssistantStepTaken", "AssistantRunCompleted"});
  const auto head = office.head();
  auto bad = run_of("r-2");
  bad.details.steps.push_back(es::Json{"{}"});
  CHECK(code(create_agent_log(office.context(), {bad})) == es::Errc::refused);
  CHECK(code(create_agent_log(office.context(), {run_of("r-1")})) == es::Errc::refused);
  CHECK(office.head() == head);
}

TEST_CASE("a user's runs come newest first and by pages", "[functions][calendar]") {
  Assistant office;
  for (const char* const id : {"r-1", "r-2", "r-3", "r-4", "r-5"}) {
    good(create_agent_log(office.context(), {run_of(id)}));
    office.clock.advance_seconds(1);
  }
  good(create_agent_log(office.context(), {run_of("r-6", "u-2")}));
  office.run();
  const Rows newest_first{"r-5", "r-4", "r-3", "r-2", "r-1"};
  CHECK(keys(good(get_user_agent_logs(office.asking(), {"u-1", 50, {}}))) == newest_first);
  Rows paged;
  GetUserAgentLogs part{"u-1", 2, {}};
  for (int pages = 0; pages < 10; ++pages) {
    const auto found = good(get_user_agent_logs(office.asking(), part));
    const auto more = keys(found);
    paged.insert(paged.end(), more.begin(), more.end());
    if (found.next_cursor.empty()) break;
    part.cursor = found.next_cursor;
  }
  CHECK(paged == newest_first);
  CHECK(good(get_user_agent_logs(office.asking("org-2"), {"u-1", 50, {}})).documents.empty());
}

TEST_CASE("a new event is read flat and as a record of its own", "[functions][calendar]") {
  const char* const flat = R"({"user_id":"u-1","provider":"google","summary":"Lunch","start":"2026-02-01T12:00:00Z",
                               "end":"2026-02-01T13:00:00Z"})";
  const auto bytes = good(es::json_to_bytes(es::schema_of<CreateEvent>().type, flat));
  CHECK(bytes == good(es::json_to_bytes(es::schema_of<CreateEvent>().type, R"({"event":)" + string{flat} + "}")));
  CHECK(good(es::decode<CreateEvent>(bytes)).event.details.summary == "Lunch");
}

}  // namespace calendar_test
