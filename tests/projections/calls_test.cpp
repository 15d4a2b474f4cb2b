// call_logs, transcripts, recordings; and what calls add to deliveries and customers.
#include <aggregates/call/call.hpp>
#include <aggregates/customer/customer.hpp>
#include <aggregates/recording/recording.hpp>

#include "projections/domain_log.hpp"

using namespace domain;

namespace calls_test {

namespace {

CallQueued queued(string sid, std::optional<string> delivery_id = {}, std::optional<string> customer_id = "c-1") {
  CallQueued event{};
  event.call_sid = std::move(sid);
  event.from_number = "+15550100";
  event.to_number = "+351912345678";
  event.delivery_id = std::move(delivery_id);
  event.customer_id = std::move(customer_id);
  return event;
}

RecordingStored stored(std::optional<string> delivery_id = {}) {
  return {"CA1", std::move(delivery_id), "https://audio.example.org/1.mp3", 43, 688'000, "mp3"};
}

}  // namespace

TEST_CASE("a call's document has what is known of it", "[projections][calls]") {
  DomainLog log;
  log.record("call-CA1", queued("CA1", "d-1"));
  log.record("call-CA1", CallAnswered{moment("2026-01-27T10:30:01Z")});
  log.record("call-CA1", CallCompleted{moment("2026-01-27T10:31:00Z"), 59});
  CallAnalyzed analysis{};
  analysis.sentiment = Sentiment::positive;
  analysis.keywords = std::vector<string>{"door"};
  log.record("call-CA1", analysis);
  log.record("call-CA1", CallWebhookReceived{CallProvider::twilio, "completed", {R"({"n":1})"}});
  CHECK(log.document("call_logs") ==
        canonical(R"({"_id":")" + es::document_id("call_logs", "CA1").to_string() +
                  R"(","organization_id":"org-1","aggregate_id":"CA1","delivery_id":"d-1","customer_id":"c-1",
                     "call_sid":"CA1","status":"completed","from_number":"+15550100","to_number":"+351912345678",
                     "direction":"outbound","start_time":"2026-01-27T10:30:01.000000Z",
                     "end_time":"2026-01-27T10:31:00.000000Z","duration":59,
                     "ai_analysis":{"sentiment":"positive","keywords":["door"]},"retry_count":0,
                     "webhook_events":[{"event":"completed","timestamp":"2026-01-27T10:30:04.000000Z","data":{"n":1}}],
                     "version":5,"createdAt":"2026-01-27T10:30:00.000000Z","updatedAt":"2026-01-27T10:30:04.000000Z"})"));
  CHECK(log.rows("SELECT count(*) FROM transcripts") == Rows{"0"});
}

TEST_CASE("an imported call that names another SID has the one of its key", "[projections][calls]") {
  DomainLog log;
  log.record("call-CA1", queued("CA1"));
  log.record("call-CA2", queued("CA1"));
  log.record("call-conv_1", CallQueued{.provider_conversation_id = "conv_1"});
  log.record("call-conv_2", CallQueued{.provider_conversation_id = "conv_2"});
  CHECK(log.rows("SELECT aggregate_id, call_sid FROM call_logs ORDER BY 1") ==
        Rows{"CA1 | CA1", "CA2 | CA2", "conv_1 | -", "conv_2 | -"});
}

TEST_CASE("a call with a transcript has a document of its words", "[projections][calls]") {
  DomainLog log;
  log.record("call-CA1", queued("CA1", "d-1"));
  log.record("call-CA1",
             CallTranscribed{"Leave it at the door.",
                             std::vector<CallTurn>{{CallSpeaker::user, "Leave it at the door.", 2.5}}, "en", 0.9});
  CHECK(
      log.rows(
          "SELECT call_id, delivery_id, text, turns, language, confidence, sentiment, createdAt FROM transcripts") ==
      Rows{
          R"(CA1 | d-1 | Leave it at the door. | [{"role":"user","message":"Leave it at the door.","time_in_call_secs":2.5}] | en | 0.9 | - | 2026-01-27T10:30:01.000000Z)"});
  CallAnalyzed analysis{};
  analysis.sentiment = Sentiment::negative;
  log.record("call-CA1", analysis);
  CHECK(log.rows("SELECT sentiment, createdAt FROM transcripts") == Rows{"negative | 2026-01-27T10:30:01.000000Z"});
  CHECK(log.rows("SELECT call_id FROM transcripts WHERE _row IN (SELECT rowid FROM transcripts_text WHERE "
                 "transcripts_text MATCH 'door')") == Rows{"CA1"});
}

TEST_CASE("a recording's document follows its processing and its accesses", "[projections][calls]") {
  DomainLog log;
  log.record("recording-CA1", RecordingAccessed{});
  CHECK(log.rows("SELECT call_log_id FROM recordings").empty());
  log.record("recording-CA1", stored("d-1"));
  log.record("recording-CA1", RecordingProcessingStarted{1});
  log.record("recording-CA1", RecordingTranscribed{"Hello", 0.75, "en", 1.5});
  log.record("recording-CA1", RecordingProcessingCompleted{});
  CHECK(
      log.rows("SELECT call_log_id, delivery_id, audio_url, processing_status, processing_attempts, access_count, "
               "transcription ->> 'confidence', last_processed_at, version FROM recordings") ==
      Rows{"CA1 | d-1 | https://audio.example.org/1.mp3 | completed | 1 | 1 | 0.75 | 2026-01-27T10:30:04.000000Z | 5"});
  log.record("recording-CA1", RecordingDeleted{});
  CHECK(log.rows("SELECT audio_url, deleted FROM recordings") == Rows{" | 1"});
}

TEST_CASE("a delivery has its last call and its recording", "[projections][deliveries]") {
  DomainLog log;
  const string links = "SELECT call_log_id, recording_id, status, version FROM deliveries";
  log.record("call-CA0", queued("CA0", "1"));
  CHECK(log.rows(links).empty());
  log.record("delivery-1", scheduled());
  log.record("call-CA1", queued("CA1", "1"));
  log.record("recording-CA1", stored("1"));
  CHECK(log.rows(links) == Rows{"CA1 | CA1 | scheduled | 1"});
  log.record("delivery-1", DeliveryAssigned{.agent_id = "a-1"});
  log.record("call-CA2", queued("CA2", "1"));
  log.record("call-CA1", CallRinging{});
  CHECK(log.rows(links) == Rows{"CA2 | CA1 | assigned | 2"});
  log.record("delivery-1", DeliveryCallLinked{.call_log_id = "CA9", .recording_id = {}});
  CHECK(log.rows(links) == Rows{"CA9 | CA1 | assigned | 3"});
  CHECK(log.rows("SELECT created_at = createdAt, updated_at = updatedAt FROM deliveries") == Rows{"1 | 1"});
}

TEST_CASE("a call of another organization touches no delivery", "[projections][deliveries]") {
  DomainLog log;
  log.record("delivery-1", scheduled());
  log.metadata.organization = "org-2";
  log.record("call-CA1", queued("CA1", "1"));
  CHECK(log.rows("SELECT organization_id, call_log_id FROM deliveries") == Rows{"org-1 | -"});
  CHECK(log.rows("SELECT organization_id, json_array_length(call_history) FROM customers ORDER BY 1") ==
        Rows{"org-1 | 0", "org-2 | 1"});
}

TEST_CASE("a customer has the newest hundred calls in the order of their times", "[projections][customers]") {
  DomainLog log;
  for (int n = 0; n < 103; ++n) log.record("call-CA" + std::to_string(n), queued("CA" + std::to_string(n)));
  const string ends =
      "SELECT json_array_length(call_history), call_history ->> '$[0].call_id', call_history ->> "
      "'$[#-1].call_id', call_history ->> '$[#-1].status', call_history ->> '$[#-1].duration' FROM "
      "customers";
  CHECK(log.rows(ends) == Rows{"100 | CA3 | CA102 | queued | -"});
  log.record("call-CA102", CallCompleted{moment("2026-01-27T12:00:00Z"), 12});
  CHECK(log.rows(ends) == Rows{"100 | CA3 | CA102 | completed | 12"});
  // One that was let go is older than all that are there.
  log.record("call-CA0", CallCompleted{moment("2026-01-27T12:00:00Z"), 12});
  CHECK(log.rows(ends) == Rows{"100 | CA3 | CA102 | completed | 12"});
  // An answer says when a call began: this one before all others.
  log.record("call-CA50", CallAnswered{moment("2026-01-26T00:00:00Z")});
  CHECK(log.rows(ends) == Rows{"100 | CA50 | CA102 | completed | 12"});
}

TEST_CASE("calls make the same documents in batches of any size", "[projections][calls]") {
  DomainLog log;
  log.record("delivery-1", scheduled());
  for (int n = 0; n < 12; ++n) {
    const auto sid = "CA" + std::to_string(n);
    log.record("call-" + sid, queued(sid, "1", "c-" + std::to_string(n % 2)));
    log.record("call-" + sid, CallCompleted{log.clock.now(), n});
    log.record("delivery-1", DeliveryTracked{.status = "step"});
  }
  log.run();
  const auto whole = log.dump(*log.collections);
  for (const std::size_t batch_events : {1U, 2U, 5U}) {
    auto other = in_memory();
    log.run(*other, batch_events);
    CHECK(log.dump(*other) == whole);
  }
}

}  // namespace calls_test
