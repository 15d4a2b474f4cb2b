// Any history is fact: nothing here checks a transition.
#include <aggregates/recording/recording.hpp>

namespace domain {

void Recording::evolve(State& state, const RecordingStored& event) {
  if (is_stored(state)) return;
  state.call_log_id = event.call_log_id;
  state.delivery_id = event.delivery_id;
  if (!state.deleted) state.audio_url = event.audio_url;
  state.duration = event.duration;
  state.file_size = event.file_size;
  state.format = event.format;
}

void Recording::evolve(State& state, const RecordingProcessingStarted&, const Metadata& metadata) {
  state.processing_status = ProcessingStatus::processing;
  ++state.processing_attempts;
  state.last_processed_at = metadata.created_at;
  state.error_message.reset();
}

void Recording::evolve(State& state, const RecordingTranscribed& event) {
  state.transcription = RecordingTranscript{event.text, event.confidence, event.language, event.processing_time};
}

void Recording::evolve(State& state, const RecordingAnalyzed& event) {
  state.ai_analysis = RecordingAnalysis{event.sentiment, event.keywords, event.instructions,
                                        event.priority,  event.entities, event.summary};
}

void Recording::evolve(State& state, const RecordingProcessingCompleted&, const Metadata& metadata) {
  state.processing_status = ProcessingStatus::completed;
  state.last_processed_at = metadata.created_at;
}

void Recording::evolve(State& state, const RecordingProcessingFailed& event, const Metadata& metadata) {
  state.processing_status = ProcessingStatus::failed;
  state.last_processed_at = metadata.created_at;
  state.error_message = event.error_message;
}

void Recording::evolve(State& state, const RecordingAccessed&, const Metadata& metadata) {
  ++state.access_count;
  state.last_accessed_at = metadata.created_at;
}

void Recording::evolve(State& state, const RecordingDeleted&) {
  state.deleted = true;
  state.audio_url.clear();
}

}  // namespace domain
