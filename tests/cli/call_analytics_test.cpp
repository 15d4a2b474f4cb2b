// Three days of the voice calls, as a user of the command line lives them: the provider's callbacks come in any order,
// and the analytics page asks how many calls there were, how they ended and what was said.
#include "scenario.hpp"

namespace call_analytics_test {

using namespace eventstore::cli_test;

namespace {

using Texts = std::vector<std::string>;

class Calls : public Scenario {
 public:
  Calls() : Scenario{"2026-01-27T12:00:00Z"} {}

  /// Records what happened to a call at a time of the past.
  void tell(const std::string& sid, const std::string& time, const std::string& type,
            const std::string& data = "{}") const {
    (void)shell.result({"import", "-"},
                       to_line({.key = sid, .type = type, .data = data, .category = "call", .created_at = time}));
  }
  void queue(const std::string& sid, const std::string& time) const {
    tell(sid, time, "CallQueued",
         R"({"call_sid":")" + sid + R"(","from_number":"+351210000000","to_number":"+351912345678"})");
  }
  void talk(const std::string& sid, const std::string& day, int seconds, const std::string& text,
            const std::string& sentiment) const {
    queue(sid, day + "T09:00:00Z");
    tell(sid, day + "T09:00:04Z", "CallAnswered", R"({"start_time":")" + day + R"(T09:00:04Z"})");
    tell(sid, day + "T09:10:00Z", "CallCompleted",
         R"({"end_time":")" + day + R"(T09:10:00Z","duration":)" + std::to_string(seconds) + "}");
    tell(sid, day + "T09:10:05Z", "CallTranscribed", R"({"transcription":")" + text + R"(","confidence":0.9})");
    tell(sid, day + "T09:10:09Z", "CallAnalyzed", R"({"sentiment":")" + sentiment + R"(","confidence_score":0.8})");
  }
};

// Two calls on the 25th, none on the 26th, six on the 27th.
void fill(const Calls& calls) {
  calls.talk("CA1", "2026-01-25", 120, "I want to shift my appointment to Friday", "positive");
  calls.queue("CA2", "2026-01-25T10:00:00Z");
  calls.tell("CA2", "2026-01-25T10:00:20Z", "CallBusy");
  calls.talk("CA3", "2026-01-27", 61, "Nobody came for my parcel", "negative");
  const Texts ends{"CallNotAnswered", "CallFailed", "CallCanceled"};
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const auto sid = "CA" + std::to_string(i + 4);
    calls.queue(sid, "2026-01-27T09:1" + std::to_string(i) + ":00Z");
    calls.tell(sid, "2026-01-27T09:2" + std::to_string(i) + ":00Z", ends[i]);
  }
  calls.queue("CA7", "2026-01-27T09:30:00Z");
  calls.queue("CA8", "2026-01-27T10:40:00Z");
  calls.tell("CA8", "2026-01-27T10:40:01Z", "CallRinging");
  calls.project();
}

}  // namespace

SCENARIO("the analytics page asks how many calls there were and how they ended", "[call_analytics]") {
  const Calls calls;
  fill(calls);
  CHECK(
      calls.query({"get_call_duration_stats", "day", "2026-01-25", "2026-01-27"}) ==
      R"({"period":"2026-01-25","totalCalls":2,"totalDuration":120,"averageDuration":120,"minDuration":120,"maxDuration":120})"
      "\n"
      R"({"period":"2026-01-26","totalCalls":0,"totalDuration":0,"averageDuration":0,"minDuration":0,"maxDuration":0})"
      "\n"
      R"({"period":"2026-01-27","totalCalls":6,"totalDuration":61,"averageDuration":61,"minDuration":61,"maxDuration":61})"
      "\n");
  const auto hours = calls.query({"get_call_duration_stats", "hour", "2026-01-27T09:00:00Z", "2026-01-27T11:00:00Z"});
  CHECK(values(hours, "period") == Texts{"2026-01-27T09", "2026-01-27T10"});
  CHECK(values(hours, "totalCalls") == Texts{"5", "1"});
  CHECK(values(calls.query({"get_call_duration_stats", "week", "2026-01-25", "2026-01-27"}), "period") ==
        Texts{"2026-01-19", "2026-01-26"});
  CHECK(values(calls.query({"get_call_duration_stats", "month", "2026-01-25", "2026-02-01"}), "totalCalls") ==
        Texts{"8", "0"});

  const auto outcomes = lines_of(calls.query({"get_call_outcome_stats", "2026-01-25", "2026-01-27"}));
  REQUIRE(outcomes.size() == 3);
  CHECK(
      outcomes[0] ==
      R"({"date":"2026-01-25","total":2,"completed":1,"failed":0,"busy":1,"noAnswer":0,"canceled":0,"successRate":50})");
  CHECK(
      outcomes[1] ==
      R"({"date":"2026-01-26","total":0,"completed":0,"failed":0,"busy":0,"noAnswer":0,"canceled":0,"successRate":null})");
  CHECK(
      outcomes[2] ==
      R"({"date":"2026-01-27","total":6,"completed":1,"failed":1,"busy":0,"noAnswer":1,"canceled":1,"successRate":25})");
  CHECK(calls.query({"get_sentiment_distribution", "2026-01-25", "2026-01-27"}) ==
        "{\"sentiment\":\"positive\",\"count\":1,\"percentage\":50}\n"
        "{\"sentiment\":\"neutral\",\"count\":0,\"percentage\":0}\n"
        "{\"sentiment\":\"negative\",\"count\":1,\"percentage\":50}\n");
  require_complaint(calls.run({"query", "get_call_duration_stats", "year"}), 2, {"period", "hour", "month"});
  require_complaint(calls.run({"query", "get_call_outcome_stats", "2026-01-27", "2026-01-25"}), 2, {"end_date"});
  require_complaint(calls.run({"query", "get_call_outcome_stats", "last week"}), 2, {"start_date"});
}

SCENARIO("the page of the present shows calls that go on and campaigns, and finds what was said", "[call_analytics]") {
  const Calls calls;
  fill(calls);
  CHECK(values(calls.query({"get_active_calls"}), "call_sid") == Texts{"CA8"});
  CHECK(values(calls.query({"get_queued_calls"}), "call_sid") == Texts{"CA7"});
  const auto recent = values(calls.query({"get_recent_calls"}), "call_sid");
  CHECK(Texts{recent.begin(), recent.begin() + 5} == Texts{"CA8", "CA7", "CA6", "CA5", "CA4"});
  const auto found = calls.query({"search_transcripts", "appointment"});
  CHECK(value(found, "call_id") == "CA1");
  CHECK_THAT(found, Catch::Contains(R"("text":"I want to shift my appointment to Friday")") &&
                        Catch::Contains("\"snippet\":"));
  CHECK_THAT(calls.query({"search_transcripts", "invoice"}), !Catch::Contains("call_id"));

  CHECK(calls.query({"get_active_campaigns"}).empty());
  CHECK(calls.execute("campaign-summer", "create", R"({"name":"Summer","channel":"voice","content":"Hello"})") ==
        Texts{"CampaignCreated"});
  (void)calls.execute("campaign-summer", "add_contacts", R"({"contact_ids":["contact-1"]})");
  (void)calls.execute("campaign-summer", "execute");
  calls.project();
  CHECK(values(calls.query({"get_active_campaigns"}), "name") == Texts{"Summer"});
}

SCENARIO("callbacks of a provider come late, twice and in the wrong order", "[call_analytics]") {
  const Calls calls;
  // The only callback that a provider sends unless it is asked for more, for a call that nobody queued here.
  const std::string done = R"({"duration":30,"end_time":"2026-01-27T10:00:30Z","from_number":"+351210000000",)"
                           R"("to_number":"+351912345678","direction":"inbound"})";
  CHECK(calls.execute("call-CA9", "complete", done) == Texts{"CallQueued", "CallCompleted"});
  CHECK(calls.execute("call-CA9", "complete", done).empty());
  CHECK(calls.execute("call-CA9", "ring").empty());
  CHECK(calls.execute("call-CA9", "mark_busy").empty());
  CHECK(calls.execute("call-CA9", "transcribe", R"({"transcription":"Hello"})") == Texts{"CallTranscribed"});
  CHECK(calls.execute("call-CA9", "attach_recording",
                      R"({"recording_id":"RE1","recording_url":"https://example.org/RE1","recording_duration":29})") ==
        Texts{"CallRecordingAttached"});
  CHECK(calls.execute("call-CA9", "receive_webhook",
                      R"({"provider":"twilio","event":"completed","data":{"CallSid":"CA9"}})") ==
        Texts{"CallWebhookReceived"});
  // A jump forward from queued to in-progress, and ringing that comes behind it.
  (void)calls.execute("call-CA10", "queue", R"({"call_sid":"CA10"})");
  CHECK(calls.execute("call-CA10", "answer", R"({"start_time":"2026-01-27T10:00:00Z"})") == Texts{"CallAnswered"});
  CHECK(calls.execute("call-CA10", "ring").empty());
  calls.project();
  CHECK(sql(calls.shell,
            "SELECT call_sid, status, direction, duration, recording_duration, transcription, "
            "json_array_length(webhook_events) FROM call_logs ORDER BY duration DESC") ==
        Texts{"CA9|completed|inbound|30|29|Hello|1", "CA10|in-progress|outbound||||0"});
  require_complaint(calls.run({"execute", "call-CA11", "queue", R"({"delivery_id":"d-1","campaign_id":"summer"})"}), 5,
                    {"one"});
}

}  // namespace call_analytics_test
