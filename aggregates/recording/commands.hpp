#pragma once
// What can be asked of a recording. A command carries its event's data, less what the state knows.
#include <aggregates/recording/events.hpp>

namespace domain {

/// Opens the stream. Without call_log_id the recording is of the call whose key the stream has.
struct StoreRecording {
  EVENTSTORE_COMMAND(StoreRecording, "store", (std::optional<std::string>, call_log_id),
                     (std::optional<std::string>, delivery_id), (std::string, audio_url, , eventstore::personal),
                     (std::int64_t, duration), (std::optional<std::int64_t>, file_size), (std::string, format, "mp3"));
};

struct StartRecordingProcessing {
  EVENTSTORE_COMMAND(StartRecordingProcessing, "start_processing");
};

struct TranscribeRecording {
  EVENTSTORE_COMMAND(TranscribeRecording, "transcribe", (std::string, text, , eventstore::personal),
                     (std::optional<double>, confidence), (std::string, language, "en"),
                     (std::optional<double>, processing_time));
};

struct AnalyzeRecording {
  EVENTSTORE_COMMAND(AnalyzeRecording, "analyze", (std::optional<Sentiment>, sentiment),
                     (std::optional<std::vector<std::string>>, keywords, , eventstore::personal),
                     (std::optional<std::string>, instructions, , eventstore::personal),
                     (std::optional<AnalysisPriority>, priority),
                     (std::optional<std::vector<RecordedEntity>>, entities, , eventstore::personal),
                     (std::optional<std::string>, summary, , eventstore::personal));
};

struct CompleteRecordingProcessing {
  EVENTSTORE_COMMAND(CompleteRecordingProcessing, "complete_processing");
};

struct FailRecordingProcessing {
  EVENTSTORE_COMMAND(FailRecordingProcessing, "fail_processing", (std::string, error_message, , eventstore::personal));
};

struct AccessRecording {
  EVENTSTORE_COMMAND(AccessRecording, "record_access");
};

struct DeleteRecording {
  EVENTSTORE_COMMAND(DeleteRecording, "delete", (std::optional<std::string>, reason, , eventstore::personal));
};

}  // namespace domain
