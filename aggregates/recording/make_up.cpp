// Made-up recordings of made-up calls, by the rules of decide.
#include <aggregates/common/made_up.hpp>
#include <aggregates/recording/recording.hpp>
#include <eventstore/aggregate/random.hpp>

namespace domain {
namespace {

using eventstore::Random;
using Decision = Recording::Decision;

RecordingStored store(Random& random) {
  RecordingStored event{};
  event.call_log_id = random.key();
  event.delivery_id = random.key_of("delivery");
  event.audio_url = "https://audio.example.org/" + random.key() + ".mp3";
  event.duration = random.between(1, 240);
  event.file_size = event.duration * 16'000;
  return event;
}

RecordingTranscribed transcribe(Random& random) {
  RecordingTranscribed event{};
  event.text = made_up::contact_text(random);
  event.confidence = static_cast<double>(random.between(60, 99)) / 100;
  event.processing_time = static_cast<double>(random.between(5, 60)) / 10;
  return event;
}

RecordingAnalyzed analyze(Random& random) {
  RecordingAnalyzed event{};
  event.sentiment = random.pick({Sentiment::positive, Sentiment::neutral, Sentiment::negative});
  event.keywords = std::vector<std::string>{"parcel"};
  event.entities = std::vector<RecordedEntity>{{"person", made_up::person_name(random), 0.75}};
  event.priority = AnalysisPriority::normal;
  event.summary = made_up::sometimes(random, 50, "the customer waits for the parcel");
  return event;
}

Decision process(Random& random, const RecordingState& state) {
  if (random.chance(10)) return RecordingProcessingFailed{"the audio cannot be read"};
  if (!state.transcription) return transcribe(random);
  if (!state.ai_analysis) return analyze(random);
  return RecordingProcessingCompleted{};
}

}  // namespace

std::optional<std::string> Recording::make_up_key(Random& random) { return random.key_of("call"); }

Recording::Decision Recording::make_up(Random& random, const State& state) {
  if (!is_stored(state)) return store(random);
  if (state.deleted) return {};
  if (state.processing_status == ProcessingStatus::processing) return process(random, state);
  if (state.processing_status != ProcessingStatus::completed)
    return RecordingProcessingStarted{state.processing_attempts + 1};
  const auto roll = random.below(100);
  if (roll < 50) return RecordingAccessed{};
  if (roll < 70) return RecordingDeleted{made_up::sometimes(random, 50, "kept long enough")};
  return {};
}

}  // namespace domain
