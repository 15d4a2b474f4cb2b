// The statistics and lists of calls, against what the events say.
#include <aggregates/call/call.hpp>
#include <functions/calls.hpp>
#include <functions/deliveries.hpp>
#include <functions/snippet.hpp>

#include "functions/office.hpp"

using namespace domain;

namespace calls_test {

namespace {

struct Exchange : Office {
  [[nodiscard]] es::AskContext asking(const string& organization = "org-1") { return context(organization).asking(); }

  void queue(const string& sid, const string& at) {
    clock.set(moment(at));
    CallQueued event{};
    event.call_sid = sid;
    record("call-" + sid, event);
  }
  void complete(const string& sid, int64_t seconds) { record("call-" + sid, CallCompleted{clock.now(), seconds}); }
  void feel(const string& sid, Sentiment sentiment) {
    CallAnalyzed event{};
    event.sentiment = sentiment;
    record("call-" + sid, event);
  }
  template <class E> void end(const string& sid, const E& event) { record("call-" + sid, event); }
};

// Three days of calls; now is the evening of the third.
struct ThreeDays : Exchange {
  ThreeDays() {
    queue("CA1", "2026-01-25T09:00:00Z");
    complete("CA1", 30);
    feel("CA1", Sentiment::positive);
    queue("CA2", "2026-01-25T09:59:59Z");
    complete("CA2", 60);
    feel("CA2", Sentiment::negative);
    queue("CA3", "2026-01-25T23:30:00Z");
    end("CA3", CallBusy{});
    queue("CA4", "2026-01-27T08:00:00Z");
    end("CA4", CallNotAnswered{});
    queue("CA5", "2026-01-27T08:10:00Z");
    end("CA5", CallFailed{"31005", {}});
    queue("CA6", "2026-01-27T08:20:00Z");
    end("CA6", CallCanceled{});
    queue("CA7", "2026-01-27T08:30:00Z");
    complete("CA7", 10);
    feel("CA7", Sentiment::positive);
    queue("CA8", "2026-01-27T08:40:00Z");
    end("CA8", CallRinging{});
    queue("CA9", "2026-01-27T08:50:00Z");
    clock.set(moment("2026-01-27T20:00:00Z"));
    run();
  }
};

Rows sids(const CallDocuments& page) { return fields(page.documents, "call_sid"); }

std::optional<string> day(const char* text) { return string{text}; }

}  // namespace

TEST_CASE("durations of calls are summed by day with zeros where there is none", "[functions][calls]") {
  ThreeDays calls;
  const auto stats =
      good(get_call_duration_stats(calls.asking(), {StatsPeriod::day, day("2026-01-25"), day("2026-01-27")}));
  CHECK(stats == std::vector<CallDurationStats>{{"2026-01-25", 3, 90, 45, 30, 60},
                                                {"2026-01-26", 0, 0, 0, 0, 0},
                                                {"2026-01-27", 6, 10, 10, 10, 10}});
}

TEST_CASE("periods are named by their start", "[functions][calls]") {
  ThreeDays calls;
  const auto names = [&](StatsPeriod period, const char* start, const char* end) {
    Rows all;
    for (const auto& each : good(get_call_duration_stats(calls.asking(), {period, day(start), day(end)})))
      all.push_back(each.period + ":" + std::to_string(each.totalCalls));
    return all;
  };
  CHECK(names(StatsPeriod::hour, "2026-01-25T09:00:00Z", "2026-01-25T11:00:00Z") ==
        Rows{"2026-01-25T09:2", "2026-01-25T10:0"});
  CHECK(names(StatsPeriod::week, "2026-01-25", "2026-01-27") == Rows{"2026-01-19:3", "2026-01-26:6"});
  CHECK(names(StatsPeriod::month, "2025-12-31", "2026-02-01") == Rows{"2025-12:0", "2026-01:9", "2026-02:0"});
  // A time that is an end is left out, and one that is a start is not.
  CHECK(names(StatsPeriod::day, "2026-01-25T09:59:59Z", "2026-01-25T23:30:00Z") == Rows{"2026-01-25:1"});
}

TEST_CASE("without dates the last thirty days are asked for", "[functions][calls]") {
  ThreeDays calls;
  const auto stats = good(get_call_duration_stats(calls.asking(), {StatsPeriod::day, {}, {}}));
  CHECK(stats.size() == 30);
  CHECK(stats.back().period == "2026-01-27");
  CHECK(good(get_call_duration_stats(calls.asking(), {StatsPeriod::day, {}, day("2026-01-10")})).front().period ==
        "2025-12-12");
}

TEST_CASE("dates that are none are refused with the name of the parameter", "[functions][calls]") {
  ThreeDays calls;
  const auto refused = [&](const char* start, const char* end) {
    const auto asked = get_call_duration_stats(calls.asking(), {StatsPeriod::day, day(start), day(end)});
    if (asked) return string{"answered"};
    CHECK(asked.error().code == es::Errc::invalid_argument);
    return asked.error().where;
  };
  CHECK(refused("yesterday", "2026-01-27") == "start_date");
  CHECK(refused("2026-01-25", "2026-13-01") == "end_date");
  CHECK(refused("2026-01-27", "2026-01-25") == "end_date");
  CHECK(refused("2026-01-27", "2026-01-27") == "answered");
  const auto many = get_call_duration_stats(calls.asking(), {StatsPeriod::hour, day("2020-01-01"), day("2026-01-27")});
  CHECK(code(many) == es::Errc::invalid_argument);
}

TEST_CASE("outcomes of calls are counted by day with their success", "[functions][calls]") {
  ThreeDays calls;
  const auto outcomes =
      good(get_call_outcome_stats(calls.asking(), {day("2026-01-25"), day("2026-01-27"), StatsPeriod::day}));
  CHECK(outcomes == std::vector<CallOutcomeStats>{{"2026-01-25", 3, 2, 0, 1, 0, 0, es::Json{"66.7"}},
                                                  {"2026-01-26", 0, 0, 0, 0, 0, 0, {}},
                                                  {"2026-01-27", 6, 1, 1, 0, 1, 1, es::Json{"25.0"}}});
}

TEST_CASE("all three sentiments have their share", "[functions][calls]") {
  ThreeDays calls;
  CHECK(good(get_sentiment_distribution(calls.asking(), {})) ==
        std::vector<SentimentShare>{{"positive", 2, 66.7}, {"neutral", 0, 0}, {"negative", 1, 33.3}});
  CHECK(good(get_sentiment_distribution(calls.asking("org-2"), {})) ==
        std::vector<SentimentShare>{{"positive", 0, 0}, {"neutral", 0, 0}, {"negative", 0, 0}});
}

TEST_CASE("calls are listed by their status newest first", "[functions][calls]") {
  ThreeDays calls;
  CHECK(sids(good(get_active_calls(calls.asking(), {}))) == Rows{"CA8"});
  CHECK(sids(good(get_queued_calls(calls.asking(), {}))) == Rows{"CA9"});
  CHECK(sids(good(get_recent_calls(calls.asking(), {}))) == Rows{"CA9", "CA8", "CA7", "CA6", "CA5"});
  const auto first = good(get_recent_calls(calls.asking(), {2, {}}));
  CHECK(sids(first) == Rows{"CA9", "CA8"});
  CHECK(sids(good(get_recent_calls(calls.asking(), {2, first.next_cursor}))) == Rows{"CA7", "CA6"});
  CHECK(good(get_recent_calls(calls.asking(), {0, {}})).documents.empty());
  CHECK(code(get_recent_calls(calls.asking(), {1001, {}})) == es::Errc::invalid_argument);
  CHECK(code(get_active_calls(calls.asking(), {-1, {}})) == es::Errc::invalid_argument);
  CHECK(good(get_recent_calls(calls.asking("org-2"), {})).documents.empty());
}

TEST_CASE("statistics agree with the events", "[functions][calls]") {
  Exchange calls;
  for (int n = 0; n < 60; ++n) {
    const auto sid = "CA" + std::to_string(n);
    calls.queue(sid, n % 3 == 0 ? "2026-01-26T10:00:00Z" : "2026-01-27T11:00:00Z");
    if (n % 4 != 0) calls.complete(sid, n * 7 % 50);
  }
  calls.run();
  const auto expected = calls.rows(
      "SELECT date(opened) || ' | ' || count(*) || ' | ' || coalesce(sum(seconds), 0) FROM (SELECT aggregate_id, "
      "min(created_at) AS opened, max(event_data ->> 'duration') AS seconds FROM events WHERE aggregate_type = 'call' "
      "GROUP BY aggregate_id) GROUP BY date(opened) ORDER BY 1");
  Rows found;
  for (const auto& each :
       good(get_call_duration_stats(calls.asking(), {StatsPeriod::day, day("2026-01-26"), day("2026-01-27")})))
    found.push_back(each.period + " | " + std::to_string(each.totalCalls) + " | " + std::to_string(each.totalDuration));
  CHECK(found == expected);
}

TEST_CASE("transcripts are found with the text around the word", "[functions][calls]") {
  Exchange calls;
  calls.queue("CA1", "2026-01-27T10:00:00Z");
  const string before = "This is a rather long beginning of what the agent said before anything of interest came up. ";
  calls.record("call-CA1", CallTranscribed{before + "Please leave it at the Crème café, thank you very much, and then "
                                                    "there is quite a long end of the text too.",
                                           {},
                                           "en",
                                           {}});
  calls.queue("CA2", "2026-01-27T11:00:00Z");
  calls.record("call-CA2", CallTranscribed{"Nothing here.", {}, "en", {}});
  calls.run();
  const auto found = good(search_transcripts(calls.asking(), {"creme", 20, {}}));
  REQUIRE(found.documents.size() == 1);
  CHECK(found.documents.front().call_id == "CA1");
  const auto& snippet = found.documents.front().snippet;
  CHECK_THAT(snippet, Catch::Contains("leave it at the Crème café, thank you") && Catch::StartsWith("…") &&
                          Catch::EndsWith("…"));
  CHECK(snippet.size() < 160);
  CHECK(good(search_transcripts(calls.asking(), {"nobody", 20, {}})).documents.empty());
  CHECK(code(search_transcripts(calls.asking(), {"creme", 1001, {}})) == es::Errc::invalid_argument);
}

TEST_CASE("a snippet has whole words and whole characters", "[functions][snippet]") {
  CHECK(snippet_of("short", "short") == "short");
  CHECK(snippet_of("short", "other") == "short");
  CHECK(snippet_of("", "x").empty());
  string han;
  for (int n = 0; n < 100; ++n) han += "箱";
  const auto cut = snippet_of(han, "箱箱");
  CHECK(cut.starts_with("箱"));
  CHECK(cut.ends_with("…"));
  for (std::size_t at = 0; at < cut.size() - 3; at += 3) CHECK(cut.substr(at, 3) == "箱");
}

TEST_CASE("agents have the rates of their deliveries that ended", "[functions][deliveries]") {
  Office office;
  const auto deliver = [&](const string& key, const string& agent, bool is_done) {
    office.record("delivery-" + key, scheduled());
    office.record("delivery-" + key, DeliveryAssigned{.agent_id = agent});
    if (is_done)
      office.record("delivery-" + key, DeliveryCompleted{.actual_delivery_time = office.clock.now()});
    else
      office.record("delivery-" + key, DeliveryFailed{.reason = "nobody there"});
  };
  deliver("1", "a-1", true);
  deliver("2", "a-1", true);
  deliver("3", "a-1", false);
  deliver("4", "a-2", false);
  office.record("delivery-5", scheduled());
  office.run();
  const auto rates = good(get_agent_success_rates(office.context().asking(), {day("2026-01-01"), day("2026-12-31")}));
  CHECK(rates == std::vector<AgentSuccessRate>{{"a-1", 3, 2, 66.7}, {"a-2", 1, 0, 0}});
  CHECK(good(get_agent_success_rates(office.context().asking(), {day("2020-01-01"), day("2020-12-31")})).empty());
  CHECK(
      good(get_agent_success_rates(office.context("org-2").asking(), {day("2026-01-01"), day("2026-12-31")})).empty());
}

TEST_CASE("what is near is found with its distance", "[functions][deliveries]") {
  Office office;
  auto near = scheduled();
  near.longitude = -9.14;
  near.latitude = 38.72;
  auto far = scheduled();
  far.longitude = -8.62;
  far.latitude = 41.15;
  office.record("delivery-near", near);
  office.record("delivery-far", far);
  office.run();
  const auto found = good(find_nearby(office.context().asking(), {"deliveries", -9.14, 38.73, 5'000, 10}));
  CHECK(fields(found.documents, "aggregate_id") == Rows{"near"});
  CHECK(fields(found.documents, "distance") == Rows{"1113.2"});
  CHECK(fields(good(find_nearby(office.context().asking(), {"deliveries", -9.14, 38.73, 500'000, 10})).documents,
               "aggregate_id") == Rows{"near", "far"});
  const auto wrong = find_nearby(office.context().asking(), {"call_logs", 0, 0, 1, 1});
  CHECK(code(wrong) == es::Errc::not_found);
  CHECK_THAT(wrong.error().message(), Catch::Contains("deliveries, agents"));
  CHECK(code(find_nearby(office.context().asking(), {"agents", 500, 0, 1, 1})) == es::Errc::invalid_argument);
}

}  // namespace calls_test
