#pragma once
// The documents of calls, their transcripts and their recordings, in the source systems' spelling.
#include <aggregates/call/state.hpp>
#include <aggregates/recording/state.hpp>
#include <projections/common/shown_documents.hpp>

#include <optional>
#include <string>
#include <vector>

namespace domain {

struct CallDocument {
  EVENTSTORE_FIELDS(CallDocument, (std::string, aggregate_id), (std::optional<std::string>, delivery_id),
                    (std::optional<std::string>, campaign_id), (std::optional<std::string>, appointment_id),
                    (std::optional<std::string>, customer_id), (std::optional<std::string>, agent_id),
                    (std::optional<std::string>, call_sid), (std::optional<std::string>, provider_conversation_id),
                    (CallStatus, status), (std::optional<std::string>, from_number, , eventstore::personal),
                    (std::optional<std::string>, to_number, , eventstore::personal), (CallDirection, direction),
                    (std::optional<eventstore::Timestamp>, start_time),
                    (std::optional<eventstore::Timestamp>, end_time), (std::optional<std::int64_t>, duration),
                    (std::optional<std::string>, recording_id),
                    (std::optional<std::string>, recording_url, , eventstore::personal),
                    (std::optional<std::int64_t>, recording_duration),
                    (std::optional<std::string>, transcription, , eventstore::personal),
                    (std::optional<CallAnalysis>, ai_analysis), (std::optional<std::string>, error_code),
                    (std::optional<std::string>, error_message, , eventstore::personal), (std::int64_t, retry_count),
                    (std::optional<std::string>, retry_of), (eventstore::List<CallWebhookEvent>, webhook_events),
                    (std::int64_t, version), (eventstore::Timestamp, createdAt), (eventstore::Timestamp, updatedAt));
};

struct TranscriptDocument {
  EVENTSTORE_FIELDS(TranscriptDocument, (std::string, call_id), (std::optional<std::string>, campaign_id),
                    (std::optional<std::string>, delivery_id), (std::string, text, , eventstore::personal),
                    (std::vector<CallTurn>, turns, , eventstore::personal), (std::string, language),
                    (std::optional<double>, confidence), (std::optional<Sentiment>, sentiment),
                    (eventstore::Timestamp, createdAt));
};

struct RecordingDocument {
  EVENTSTORE_FIELDS(RecordingDocument, (std::string, aggregate_id), (std::string, call_log_id),
                    (std::optional<std::string>, delivery_id), (std::string, audio_url, , eventstore::personal),
                    (std::int64_t, duration), (std::optional<std::int64_t>, file_size), (std::string, format),
                    (std::optional<RecordingTranscript>, transcription),
                    (std::optional<RecordingAnalysis>, ai_analysis), (ProcessingStatus, processing_status),
                    (std::int64_t, processing_attempts), (std::optional<eventstore::Timestamp>, last_processed_at),
                    (std::optional<std::string>, error_message, , eventstore::personal), (std::int64_t, access_count),
                    (std::optional<eventstore::Timestamp>, last_accessed_at), (bool, deleted), (std::int64_t, version),
                    (eventstore::Timestamp, createdAt), (eventstore::Timestamp, updatedAt));
};

/// A call has a document from its first event on: callbacks overtake the queue.
inline bool is_shown(const CallState&) { return true; }
CallDocument document_of(const CallState& state, DocumentPlace place);

inline bool is_shown(const RecordingState& state) { return is_stored(state); }
RecordingDocument document_of(const RecordingState& state, DocumentPlace place);

}  // namespace domain
