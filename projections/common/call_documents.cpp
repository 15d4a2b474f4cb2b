#include <projections/common/call_documents.hpp>

#include <utility>

namespace domain {

CallDocument document_of(const CallState& state, DocumentPlace place) {
  CallDocument document{};
  // Whatever an imported history calls it, the key is the SID: so no two documents have one.
  if (state.call_sid) document.call_sid = place.aggregate_id;
  document.aggregate_id = std::move(place.aggregate_id);
  document.delivery_id = state.delivery_id;
  document.campaign_id = state.campaign_id;
  document.appointment_id = state.appointment_id;
  document.customer_id = state.customer_id;
  document.agent_id = state.agent_id;
  document.provider_conversation_id = state.provider_conversation_id;
  document.status = state.status;
  document.from_number = state.from_number;
  document.to_number = state.to_number;
  document.direction = state.direction;
  document.start_time = state.start_time;
  document.end_time = state.end_time;
  document.duration = state.duration;
  document.recording_id = state.recording_id;
  document.recording_url = state.recording_url;
  document.recording_duration = state.recording_duration;
  document.transcription = state.transcription;
  document.ai_analysis = state.ai_analysis;
  document.error_code = state.error_code;
  document.error_message = state.error_message;
  document.retry_count = state.retry_count;
  document.retry_of = state.retry_of;
  document.webhook_events = state.webhook_events;
  document.version = place.version;
  document.createdAt = place.created_at;
  document.updatedAt = place.updated_at;
  return document;
}

RecordingDocument document_of(const RecordingState& state, DocumentPlace place) {
  RecordingDocument document{};
  document.call_log_id = place.aggregate_id;  // the key of a recording is its call's
  document.aggregate_id = std::move(place.aggregate_id);
  document.delivery_id = state.delivery_id;
  document.audio_url = state.audio_url;
  document.duration = state.duration;
  document.file_size = state.file_size;
  document.format = state.format;
  document.transcription = state.transcription;
  document.ai_analysis = state.ai_analysis;
  document.processing_status = state.processing_status;
  document.processing_attempts = state.processing_attempts;
  document.last_processed_at = state.last_processed_at;
  document.error_message = state.error_message;
  document.access_count = state.access_count;
  document.last_accessed_at = state.last_accessed_at;
  document.deleted = state.deleted;
  document.version = place.version;
  document.createdAt = place.created_at;
  document.updatedAt = place.updated_at;
  return document;
}

}  // namespace domain
