#pragma once
// What can be asked of a call. The callbacks of a provider may come for a call that nobody has queued here: they open
// it. Where a callback tells who calls whom, that is taken over then.
#include <aggregates/call/events.hpp>

namespace domain {

/// What a callback says about the call itself.
struct CallParties {
  EVENTSTORE_FIELDS(CallParties, (std::optional<std::string>, from_number, , eventstore::personal),
                    (std::optional<std::string>, to_number, , eventstore::personal),
                    (std::optional<CallDirection>, direction));
};

/// Opens the stream.
struct QueueCall {
  EVENTSTORE_COMMAND(QueueCall, "queue", (std::optional<std::string>, call_sid),
                     (std::optional<std::string>, from_number, , eventstore::personal),
                     (std::optional<std::string>, to_number, , eventstore::personal),
                     (CallDirection, direction, CallDirection::outbound), (std::optional<std::string>, delivery_id),
                     (std::optional<std::string>, campaign_id), (std::optional<std::string>, appointment_id),
                     (std::optional<std::string>, customer_id), (std::optional<std::string>, agent_id),
                     (std::optional<std::string>, provider_conversation_id), (std::int64_t, retry_count, 0),
                     (std::optional<std::string>, retry_of));
};

struct RingCall {
  EVENTSTORE_COMMAND(RingCall, "ring", (CallParties, parties, , eventstore::flattened));
};

struct AnswerCall {
  EVENTSTORE_COMMAND(AnswerCall, "answer", (std::optional<eventstore::Timestamp>, start_time),
                     (CallParties, parties, , eventstore::flattened));
};

/// duration is in seconds.
struct CompleteCall {
  EVENTSTORE_COMMAND(CompleteCall, "complete", (std::optional<eventstore::Timestamp>, end_time),
                     (std::int64_t, duration), (CallParties, parties, , eventstore::flattened));
};

struct MarkCallBusy {
  EVENTSTORE_COMMAND(MarkCallBusy, "mark_busy", (std::optional<eventstore::Timestamp>, end_time),
                     (CallParties, parties, , eventstore::flattened));
};

struct MarkCallNotAnswered {
  EVENTSTORE_COMMAND(MarkCallNotAnswered, "mark_not_answered", (std::optional<eventstore::Timestamp>, end_time),
                     (CallParties, parties, , eventstore::flattened));
};

struct CancelCall {
  EVENTSTORE_COMMAND(CancelCall, "cancel", (std::optional<eventstore::Timestamp>, end_time),
                     (CallParties, parties, , eventstore::flattened));
};

struct FailCall {
  EVENTSTORE_COMMAND(FailCall, "fail", (std::optional<std::string>, error_code),
                     (std::optional<std::string>, error_message, , eventstore::personal),
                     (CallParties, parties, , eventstore::flattened));
};

struct AttachCallRecording {
  EVENTSTORE_COMMAND(AttachCallRecording, "attach_recording", (std::string, recording_id),
                     (std::string, recording_url, , eventstore::personal),
                     (std::optional<std::int64_t>, recording_duration));
};

struct TranscribeCall {
  EVENTSTORE_COMMAND(TranscribeCall, "transcribe", (std::string, transcription, , eventstore::personal),
                     (std::optional<std::vector<CallTurn>>, turns, , eventstore::personal),
                     (std::string, language, "en"), (std::optional<double>, confidence));
};

struct AnalyzeCall {
  EVENTSTORE_COMMAND(AnalyzeCall, "analyze", (std::optional<Sentiment>, sentiment),
                     (std::optional<std::string>, summary, , eventstore::personal),
                     (std::optional<CallSuccess>, call_successful),
                     (std::optional<std::vector<std::string>>, keywords, , eventstore::personal),
                     (std::optional<std::string>, instructions, , eventstore::personal),
                     (std::optional<AnalysisPriority>, priority), (std::optional<double>, confidence_score));
};

struct ReceiveCallWebhook {
  EVENTSTORE_COMMAND(ReceiveCallWebhook, "receive_webhook", (CallProvider, provider), (std::string, event),
                     (eventstore::Json, data, , eventstore::personal));
};

}  // namespace domain
