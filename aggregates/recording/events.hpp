#pragma once
// What happens to the recording of a call. It is about the person of the call, whom its own stream stands for.
#include <aggregates/call/events.hpp>

namespace domain {

struct RecordedEntity {
  EVENTSTORE_FIELDS(RecordedEntity, (std::string, type), (std::string, value), (std::optional<double>, confidence));
};

/// duration is in seconds, file_size in bytes.
struct RecordingStored {
  EVENTSTORE_EVENT(RecordingStored, (std::string, call_log_id, , eventstore::refers_to("call")),
                   (std::optional<std::string>, delivery_id, , eventstore::refers_to("delivery")),
                   (std::string, audio_url, , eventstore::personal), (std::int64_t, duration),
                   (std::optional<std::int64_t>, file_size), (std::string, format, "mp3"));
};

struct RecordingProcessingStarted {
  EVENTSTORE_EVENT(RecordingProcessingStarted, (std::int64_t, attempt));
};

/// processing_time is in seconds.
struct RecordingTranscribed {
  EVENTSTORE_EVENT(RecordingTranscribed, (std::string, text, , eventstore::personal),
                   (std::optional<double>, confidence), (std::string, language, "en"),
                   (std::optional<double>, processing_time));
};

struct RecordingAnalyzed {
  EVENTSTORE_EVENT(RecordingAnalyzed, (std::optional<Sentiment>, sentiment),
                   (std::optional<std::vector<std::string>>, keywords, , eventstore::personal),
                   (std::optional<std::string>, instructions, , eventstore::personal),
                   (std::optional<AnalysisPriority>, priority),
                   (std::optional<std::vector<RecordedEntity>>, entities, , eventstore::personal),
                   (std::optional<std::string>, summary, , eventstore::personal));
};

struct RecordingProcessingCompleted {
  EVENTSTORE_EVENT(RecordingProcessingCompleted);
};

struct RecordingProcessingFailed {
  EVENTSTORE_EVENT(RecordingProcessingFailed, (std::string, error_message, , eventstore::personal));
};

struct RecordingAccessed {
  EVENTSTORE_EVENT(RecordingAccessed);
};

struct RecordingDeleted {
  static constexpr auto audit_action = "delete";
  EVENTSTORE_EVENT(RecordingDeleted, (std::optional<std::string>, reason, , eventstore::personal));
};

}  // namespace domain
