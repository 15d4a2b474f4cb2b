// Made-up calls, by the rules of decide: most are answered, recorded and understood.
#include <aggregates/call/call.hpp>
#include <aggregates/common/made_up.hpp>
#include <eventstore/aggregate/random.hpp>

namespace domain {
namespace {

using eventstore::Random;
using Decision = Call::Decision;

constexpr std::int64_t seconds_max = 240;

// For a delivery, a campaign or an appointment, where one was made up before.
void give_reason(Random& random, CallQueued& event) {
  const auto roll = random.below(10);
  if (roll < 5)
    event.delivery_id = random.key_of("delivery");
  else if (roll < 8)
    event.campaign_id = random.key_of("campaign");
  else
    event.appointment_id = random.key_of("appointment");
}

CallQueued queue(Random& random) {
  CallQueued event{};
  event.call_sid = random.key();
  event.from_number = "+15550100";
  event.to_number = made_up::phone(random);
  give_reason(random, event);
  event.customer_id = made_up::customer_id(random);
  if (random.chance(30)) event.agent_id = made_up::agent_id(random);
  if (random.chance(10)) event.direction = CallDirection::inbound;
  if (random.chance(15)) event.retry_of = random.key_of("call");
  if (event.retry_of == random.key()) event.retry_of.reset();
  if (event.retry_of) event.retry_count = random.between(1, 3);
  return event;
}

CallWebhookReceived webhook(Random& random, std::string name) {
  return {CallProvider::twilio, std::move(name),
          eventstore::Json{R"({"SequenceNumber":)" + std::to_string(random.below(1'000)) + "}"}};
}

Decision before_answer(Random& random, const CallState& state) {
  const auto roll = random.below(100);
  if (state.status == CallStatus::queued && roll < 55) return CallRinging{};
  if (roll < 75) return CallAnswered{random.now()};
  if (roll < 82) return CallBusy{random.now()};
  if (roll < 92) return CallNotAnswered{random.now()};
  if (roll < 96) return CallCanceled{random.now()};
  return CallFailed{"31005", "The carrier gave the call up."};
}

CallTranscribed transcribe(Random& random) {
  CallTranscribed event{};
  const auto said = made_up::contact_text(random);
  const auto asked = made_up::agent_text(random);
  event.transcription = asked + ' ' + said;
  event.turns = std::vector<CallTurn>{{CallSpeaker::agent, asked, 0.5}, {CallSpeaker::user, said, 3.25}};
  event.confidence = static_cast<double>(random.between(60, 99)) / 100;
  return event;
}

CallAnalyzed analyze(Random& random) {
  CallAnalyzed event{};
  event.sentiment = random.pick({Sentiment::positive, Sentiment::neutral, Sentiment::neutral, Sentiment::negative});
  event.call_successful =
      random.pick({CallSuccess::success, CallSuccess::success, CallSuccess::failure, CallSuccess::unknown});
  event.keywords = std::vector<std::string>{"address", "time"};
  event.instructions = made_up::sometimes(random, 40, "leave it with the neighbours");
  event.priority = AnalysisPriority::normal;
  event.confidence_score = static_cast<double>(random.between(50, 99)) / 100;
  return event;
}

// None: nothing more is told of the call.
Decision after_end(Random& random, const CallState& state) {
  if (state.status != CallStatus::completed || random.chance(10)) return {};
  if (!state.recording_id)
    return CallRecordingAttached{"RE" + random.key(), "https://audio.example.org/" + random.key() + ".mp3",
                                 state.duration};
  if (!state.transcription) return transcribe(random);
  if (!state.ai_analysis) return analyze(random);
  return {};
}

}  // namespace

std::optional<std::string> Call::make_up_key(Random& random) {
  std::string key = "CA";
  for (const char c : random.uuid().to_string())
    if (c != '-') key += c;
  return key;
}

Call::Decision Call::make_up(Random& random, const State& state) {
  if (!state.is_queued) return queue(random);
  if (is_final(state.status)) return after_end(random, state);
  if (random.chance(8)) return webhook(random, std::string{to_string(state.status)});
  if (state.status != CallStatus::in_progress) return before_answer(random, state);
  if (random.chance(4)) return CallFailed{"31000", std::nullopt};
  return CallCompleted{random.now(), random.between(1, seconds_max)};
}

}  // namespace domain
