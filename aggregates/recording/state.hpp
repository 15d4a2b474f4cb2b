#pragma once
// What is known about a recording after its events.
#include <aggregates/recording/events.hpp>

namespace domain {

EVENTSTORE_ENUM(ProcessingStatus, pending, processing, completed, failed);

struct RecordingTranscript {
  EVENTSTORE_FIELDS(RecordingTranscript, (std::string, text, , eventstore::personal),
                    (std::optional<double>, confidence), (std::string, language, "en"),
                    (std::optional<double>, processing_time));
};

struct RecordingAnalysis {
  EVENTSTORE_FIELDS(RecordingAnalysis, (std::optional<Sentiment>, sentiment),
                    (std::optional<std::vector<std::string>>, keywords, , eventstore::personal),
                    (std::optional<std::string>, instructions, , eventstore::personal),
                    (std::optional<AnalysisPriority>, priority),
                    (std::optional<std::vector<RecordedEntity>>, entities, , eventstore::personal),
                    (std::optional<std::string>, summary, , eventstore::personal));
};

struct RecordingState {
  EVENTSTORE_FIELDS(RecordingState, (std::string, call_log_id), (std::optional<std::string>, delivery_id),
                    (std::string, audio_url, , eventstore::personal), (std::int64_t, duration),
                    (std::optional<std::int64_t>, file_size), (std::string, format, "mp3"),
                    (std::optional<RecordingTranscript>, transcription),
                    (std::optional<RecordingAnalysis>, ai_analysis),
                    (ProcessingStatus, processing_status, ProcessingStatus::pending),
                    (std::int64_t, processing_attempts), (std::optional<eventstore::Timestamp>, last_processed_at),
                    (std::optional<std::string>, error_message, , eventstore::personal), (std::int64_t, access_count),
                    (std::optional<eventstore::Timestamp>, last_accessed_at), (bool, deleted, false));
};

/// Whether the recording is there: it was stored. What comes before takes effect, and has no document.
inline bool is_stored(const RecordingState& state) { return !state.call_log_id.empty(); }

}  // namespace domain
