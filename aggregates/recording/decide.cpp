#include <aggregates/common/checks.hpp>
#include <aggregates/recording/recording.hpp>

namespace domain {
namespace {

using eventstore::Refusal;
using eventstore::refuse;

std::optional<Refusal> if_deleted(const RecordingState& state) {
  if (state.deleted) return wrong_status("deleted", "recording takes no command");
  return std::nullopt;
}

std::optional<Refusal> unless_processing(const RecordingState& state, std::string_view what) {
  if (auto problem = if_deleted(state)) return problem;
  if (state.processing_status == ProcessingStatus::processing) return std::nullopt;
  return wrong_status(to_string(state.processing_status), what);
}

// Written so that NaN, which compares false with everything, is refused.
std::optional<Refusal> check_confidence(const std::optional<double>& confidence) {
  if (!confidence || (*confidence >= 0 && *confidence <= 1)) return std::nullopt;
  return refuse("bad_confidence", "confidence is from 0 to 1");
}

std::optional<Refusal> check_transcript(const TranscribeRecording& command) {
  if (auto problem = check_texts({{"text", command.text}, {"language", command.language}})) return problem;
  if (command.processing_time && !(*command.processing_time >= 0))
    return refuse("bad_duration", "processing_time is in seconds, and not below 0");
  return check_confidence(command.confidence);
}

}  // namespace

Recording::Decision Recording::decide(const State* state, const StoreRecording& command, const Context& context) {
  if (state != nullptr && is_stored(*state)) return already_exists("the recording is stored");
  const std::string key{context.stream.key()};
  if (command.call_log_id.value_or(key) != key)
    return refuse("wrong_key", "the key of a recording is that of its call: call_log_id is another one");
  if (auto problem = check_texts({{"audio_url", command.audio_url}, {"format", command.format}})) return *problem;
  if (command.duration < 0) return refuse("bad_duration", "duration is in seconds, and not below 0");
  if (command.file_size.value_or(0) < 0) return refuse("bad_size", "file_size is in bytes, and not below 0");
  return RecordingStored{key,           command.delivery_id, command.audio_url, command.duration, command.file_size,
                         command.format};
}

Recording::Decision Recording::decide(const State& state, const StartRecordingProcessing&) {
  if (auto problem = if_deleted(state)) return *problem;
  if (state.processing_status == ProcessingStatus::completed)
    return wrong_status("completed", "recording is not processed again");
  if (state.processing_status == ProcessingStatus::processing) return {};
  return RecordingProcessingStarted{state.processing_attempts + 1};
}

Recording::Decision Recording::decide(const State& state, const TranscribeRecording& command) {
  if (auto problem = unless_processing(state, "recording is not transcribed")) return *problem;
  if (auto problem = check_transcript(command)) return *problem;
  const RecordingTranscribed event{command.text, command.confidence, command.language, command.processing_time};
  auto after = state;
  evolve(after, event);
  if (after == state) return {};
  return event;
}

Recording::Decision Recording::decide(const State& state, const AnalyzeRecording& command) {
  if (auto problem = unless_processing(state, "recording is not analyzed")) return *problem;
  const RecordingAnalyzed event{command.sentiment, command.keywords, command.instructions,
                                command.priority,  command.entities, command.summary};
  if (event == RecordingAnalyzed{}) return refuse("nothing_to_record", "give at least one finding of the analysis");
  auto after = state;
  evolve(after, event);
  if (after == state) return {};
  return event;
}

Recording::Decision Recording::decide(const State& state, const CompleteRecordingProcessing&) {
  if (state.processing_status == ProcessingStatus::completed) return {};
  if (auto problem = unless_processing(state, "recording does not complete its processing")) return *problem;
  return RecordingProcessingCompleted{};
}

Recording::Decision Recording::decide(const State& state, const FailRecordingProcessing& command) {
  if (auto problem = check_texts({{"error_message", command.error_message}})) return *problem;
  if (state.processing_status == ProcessingStatus::failed) return {};
  if (auto problem = unless_processing(state, "recording does not fail its processing")) return *problem;
  return RecordingProcessingFailed{command.error_message};
}

Recording::Decision Recording::decide(const State& state, const AccessRecording&) {
  if (auto problem = if_deleted(state)) return *problem;
  return RecordingAccessed{};
}

Recording::Decision Recording::decide(const State& state, const DeleteRecording& command) {
  if (state.deleted) return {};
  return RecordingDeleted{command.reason};
}

}  // namespace domain
