// Calls: commands, and callbacks that come late, twice, out of order, or for a call that nobody knows.
#include "support.hpp"

#include <aggregates/call/call.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <limits>

namespace call_test {

using namespace domain;
using namespace domain::testing;
using eventstore::Json;
using eventstore::testing::given;

namespace {

// given() has the stream `call-given`.
CallQueued queued_for(std::optional<std::string> delivery_id = {}) {
  CallQueued event{};
  event.call_sid = "given";
  event.from_number = "+15550100";
  event.to_number = "+351912345678";
  event.delivery_id = std::move(delivery_id);
  event.customer_id = "c-1";
  return event;
}

QueueCall queue_for(std::optional<std::string> delivery_id = {}) {
  QueueCall command{};
  command.call_sid = "given";
  command.from_number = "+15550100";
  command.to_number = "+351912345678";
  command.delivery_id = std::move(delivery_id);
  command.customer_id = "c-1";
  return command;
}

const CallParties nobody{};
const CallAnswered answered{second(7)};
const CallCompleted completed{second(50), 43};
const auto when_queued = given<Call>(queued_for());
const auto when_answered = given<Call>(queued_for(), CallRinging{}, answered);
const auto when_completed = given<Call>(queued_for(), answered, completed);

CallQueued told_of(std::optional<std::string> from = {}) {
  CallQueued event{};
  event.call_sid = "given";
  event.from_number = std::move(from);
  return event;
}

// A history that goes on.
template <class History> History from(const History& history) { return history; }

}  // namespace

TEST_CASE("a call is queued once under its SID", "[call]") {
  CHECK(given<Call>().when(queue_for("d-1")).is(queued_for("d-1")));
  CHECK(when_queued.when(queue_for()).is_refused_with("already_exists"));
  auto other = queue_for();
  other.call_sid = "2";
  CHECK(given<Call>().when(other).is_refused_with("wrong_key"));
  other.call_sid.reset();
  other.provider_conversation_id = "conv_2";
  CHECK(given<Call>().when(other).is_refused_with("wrong_key"));
  other.provider_conversation_id.reset();
  CHECK(given<Call>().when(other).state().call_sid == "given");
}

TEST_CASE("a call is for one thing at most", "[call]") {
  auto command = queue_for("d-1");
  command.campaign_id = "c-1";
  CHECK(given<Call>().when(command).is_refused_with("too_many_reasons"));
  command.delivery_id.reset();
  CHECK(given<Call>().when(command).state().campaign_id == "c-1");
  command.retry_count = -1;
  CHECK(given<Call>().when(command).is_refused_with("bad_retry_count"));
}

TEST_CASE("a call goes through its statuses", "[call]") {
  CHECK(when_queued.state().status == CallStatus::queued);
  CHECK(when_queued.when(RingCall{}).is(CallRinging{}));
  CHECK(from(when_queued).at(second(7)).when(AnswerCall{}).is(answered));
  CHECK(when_answered.state().status == CallStatus::in_progress);
  CHECK(from(when_answered).at(second(50)).when(CompleteCall{{}, 43, nobody}).is(completed));
  CHECK(when_completed.state().duration == 43);
  CHECK(when_completed.state().end_time == second(50));
  CHECK(when_queued.when(MarkCallBusy{second(9), nobody}).state().status == CallStatus::busy);
  CHECK(when_queued.when(MarkCallNotAnswered{second(9), nobody}).state().end_time == second(9));
  CHECK(when_queued.when(CancelCall{}).state().status == CallStatus::canceled);
  CHECK(when_answered.when(FailCall{"31005", "gone", nobody}).state().error_code == "31005");
  CHECK(when_queued.when(CompleteCall{{}, -1, nobody}).is_refused_with("bad_duration"));
}

TEST_CASE("any jump forward is taken and nothing goes back", "[call]") {
  CHECK(when_queued.when(CompleteCall{second(50), 43, nobody}).is(completed));
  CHECK(when_answered.when(RingCall{}).is_nothing());
  CHECK(when_answered.when(AnswerCall{second(8), nobody}).is_nothing());
  CHECK(when_answered.when(MarkCallBusy{}).is_nothing());
  CHECK(when_answered.when(MarkCallNotAnswered{}).is_nothing());
  CHECK(when_answered.when(CancelCall{}).is_nothing());
  CHECK(when_completed.when(CompleteCall{second(60), 99, nobody}).is_nothing());
  CHECK(when_completed.when(FailCall{}).is_nothing());
  CHECK(when_completed.when(RingCall{}).is_nothing());
}

TEST_CASE("an answer that comes after the end tells when the call began", "[call]") {
  const auto ended = given<Call>(queued_for(), completed);
  CHECK(ended.when(AnswerCall{second(7), nobody}).is(answered));
  const auto state = ended.when(AnswerCall{second(7), nobody}).state();
  CHECK(state.status == CallStatus::completed);
  CHECK(state.start_time == second(7));
  CHECK(when_completed.when(AnswerCall{second(8), nobody}).is_nothing());
}

TEST_CASE("a callback of an unknown call queues it first", "[call]") {
  CHECK(given<Call>().when(RingCall{{"+15550100", {}, {}}}).is(told_of("+15550100"), CallRinging{}));
  CHECK(given<Call>().when(CompleteCall{second(50), 43, nobody}).is(told_of(), completed));
  CHECK(given<Call>().when(MarkCallBusy{}).is(told_of(), CallBusy{}));
  CHECK(given<Call>()
            .when(AttachCallRecording{"RE1", "https://audio.example.org/1.mp3", 43})
            .is(told_of(), CallRecordingAttached{"RE1", "https://audio.example.org/1.mp3", 43}));
  const auto inbound = given<Call>().when(RingCall{{{}, {}, CallDirection::inbound}}).state();
  CHECK(inbound.direction == CallDirection::inbound);
  CHECK(given<Call>().when(ReceiveCallWebhook{CallProvider::twilio, "initiated", Json{"{}"}}).state().is_queued);
  CHECK(given<Call>().when(TranscribeCall{"Hello", {}, "en", {}}).state().is_queued);
}

TEST_CASE("a transcript and an analysis are checked and taken once", "[call]") {
  const std::vector<CallTurn> turns{{CallSpeaker::agent, "Hello", 0.5}, {CallSpeaker::user, "Hi", {}}};
  const TranscribeCall command{"Hello Hi", turns, "en", 0.9};
  const CallTranscribed event{"Hello Hi", turns, "en", 0.9};
  CHECK(when_completed.when(command).is(event));
  CHECK(from(when_completed).and_then(event).at(second(200)).when(command).is_nothing());
  CHECK(from(when_completed).and_then(event).when(TranscribeCall{"Hello there", {}, "en", {}}).state().transcription ==
        "Hello there");
  CHECK(when_completed.when(TranscribeCall{"", {}, "en", {}}).is_refused_with("empty_text"));
  CHECK(when_completed.when(TranscribeCall{"x", {}, "", {}}).is_refused_with("empty_text"));
  for (const double confidence : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()})
    CHECK(when_completed.when(TranscribeCall{"x", {}, "en", confidence}).is_refused_with("bad_confidence"));

  AnalyzeCall analysis{};
  CHECK(when_completed.when(analysis).is_refused_with("nothing_to_record"));
  analysis.sentiment = Sentiment::negative;
  CallAnalyzed found{};
  found.sentiment = Sentiment::negative;
  CHECK(when_completed.when(analysis).is(found));
  CHECK(from(when_completed).and_then(found).when(analysis).is_nothing());
  analysis.confidence_score = 2;
  CHECK(when_completed.when(analysis).is_refused_with("bad_confidence_score"));
}

TEST_CASE("a webhook is kept once with its body", "[call]") {
  const ReceiveCallWebhook command{CallProvider::twilio, "ringing", Json{R"({"SequenceNumber":1})"}};
  const CallWebhookReceived event{CallProvider::twilio, "ringing", Json{R"({"SequenceNumber":1})"}};
  CHECK(when_queued.when(command).is(event));
  CHECK(from(when_queued).and_then(event).when(command).is_nothing());
  auto next = command;
  next.data = Json{R"({"SequenceNumber":2})"};
  CHECK(from(when_queued).and_then(event).when(next).state().webhook_events.size() == 2);
  next.event = "";
  CHECK(when_queued.when(next).is_refused_with("empty_text"));
}

TEST_CASE("a recording is attached once and a newer one takes its place", "[call]") {
  const AttachCallRecording command{"RE1", "https://audio.example.org/1.mp3", 43};
  const CallRecordingAttached event{"RE1", "https://audio.example.org/1.mp3", 43};
  CHECK(when_completed.when(command).is(event));
  CHECK(from(when_completed).and_then(event).when(command).is_nothing());
  CHECK(from(when_completed)
            .and_then(event)
            .when(AttachCallRecording{"RE2", "https://x.example.org", {}})
            .state()
            .recording_id == "RE2");
  CHECK(when_completed.when(AttachCallRecording{"", "https://x.example.org", {}}).is_refused_with("empty_text"));
  CHECK(when_completed.when(AttachCallRecording{"RE1", "https://x.example.org", -1}).is_refused_with("bad_duration"));
}

TEST_CASE("callbacks in any order come to the same call", "[call]") {
  std::array<int, 4> order{0, 1, 2, 3};
  do {
    CallState state{};
    for (const int each : order) {
      if (each == 0) Call::evolve(state, queued_for("d-1"));
      if (each == 1) Call::evolve(state, CallRinging{});
      if (each == 2) Call::evolve(state, answered);
      if (each == 3) Call::evolve(state, completed);
      if (each == 3) Call::evolve(state, completed);
    }
    CHECK(state == history<Call>(queued_for("d-1"), CallRinging{}, answered, completed));
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("a queue that history repeats changes nothing", "[call]") {
  auto again = queued_for("d-2");
  again.to_number = "+34600000001";
  CHECK(history<Call>(queued_for("d-1"), again) == history<Call>(queued_for("d-1")));
}

TEST_CASE("a call is about its customer and without one about its own stream", "[call]") {
  CHECK(Call::subject(when_queued.state()) == "c-1");
  CHECK(Call::subject(CallState{}).empty());
}

TEST_CASE("statuses have the provider's names", "[call]") {
  CHECK(to_string(CallStatus::in_progress) == "in-progress");
  CHECK(to_string(CallStatus::no_answer) == "no-answer");
  CHECK(eventstore::enum_from<CallStatus>("in-progress") == CallStatus::in_progress);
  CHECK_FALSE(eventstore::enum_from<CallStatus>("in_progress"));
}

}  // namespace call_test
