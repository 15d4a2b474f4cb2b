#pragma once
// What is known about a call after its events.
#include <aggregates/call/events.hpp>
#include <eventstore/schema/list.hpp>

namespace domain {

/// Twilio's words, in the order in which a call goes through them; the last five are final.
EVENTSTORE_ENUM_HYPHENATED(CallStatus, queued, ringing, in_progress, completed, busy, no_answer, failed, canceled);

/// Whether nothing follows.
inline bool is_final(CallStatus status) { return status > CallStatus::in_progress; }

struct CallAnalysis {
  EVENTSTORE_FIELDS(CallAnalysis, (std::optional<Sentiment>, sentiment),
                    (std::optional<std::string>, summary, , eventstore::personal),
                    (std::optional<CallSuccess>, call_successful),
                    (std::optional<std::vector<std::string>>, keywords, , eventstore::personal),
                    (std::optional<std::string>, instructions, , eventstore::personal),
                    (std::optional<AnalysisPriority>, priority), (std::optional<double>, confidence_score));
};

struct CallWebhookEvent {
  EVENTSTORE_FIELDS(CallWebhookEvent, (std::string, event), (eventstore::Timestamp, timestamp),
                    (std::optional<eventstore::Json>, data, , eventstore::personal));
};

struct CallTranscript {
  EVENTSTORE_FIELDS(CallTranscript, (std::vector<CallTurn>, turns, , eventstore::personal),
                    (std::string, language, "en"), (std::optional<double>, confidence),
                    (eventstore::Timestamp, transcribed_at));
};

struct CallState {
  // is_queued says whether CallQueued has come, which callbacks may overtake.
  EVENTSTORE_FIELDS(CallState, (std::optional<std::string>, call_sid),
                    (std::optional<std::string>, provider_conversation_id), (std::optional<std::string>, delivery_id),
                    (std::optional<std::string>, campaign_id), (std::optional<std::string>, appointment_id),
                    (std::optional<std::string>, customer_id), (std::optional<std::string>, agent_id),
                    (CallDirection, direction, CallDirection::outbound),
                    (std::optional<std::string>, from_number, , eventstore::personal),
                    (std::optional<std::string>, to_number, , eventstore::personal),
                    (CallStatus, status, CallStatus::queued), (std::optional<eventstore::Timestamp>, start_time),
                    (std::optional<eventstore::Timestamp>, end_time), (std::optional<std::int64_t>, duration),
                    (std::optional<std::string>, recording_id),
                    (std::optional<std::string>, recording_url, , eventstore::personal),
                    (std::optional<std::int64_t>, recording_duration),
                    (std::optional<std::string>, transcription, , eventstore::personal),
                    (std::optional<CallTranscript>, transcript), (std::optional<CallAnalysis>, ai_analysis),
                    (std::optional<std::string>, error_code),
                    (std::optional<std::string>, error_message, , eventstore::personal), (std::int64_t, retry_count),
                    (std::optional<std::string>, retry_of), (eventstore::List<CallWebhookEvent>, webhook_events),
                    (bool, is_queued, false, eventstore::bookkeeping));
};

}  // namespace domain
