#pragma once
// What happens to a voice call, in the words of its provider. A call is about the customer whom it reaches or, where it
// names none, about nobody but its own stream, which then stands for the person.
#include <eventstore/core/timestamp.hpp>
#include <eventstore/schema/fields.hpp>
#include <eventstore/schema/hyphenated_enum.hpp>
#include <eventstore/schema/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace domain {

EVENTSTORE_ENUM(CallDirection, outbound, inbound);
EVENTSTORE_ENUM(CallSpeaker, agent, user);
EVENTSTORE_ENUM(Sentiment, positive, neutral, negative);
EVENTSTORE_ENUM(CallSuccess, success, failure, unknown);
EVENTSTORE_ENUM(AnalysisPriority, low, normal, high, urgent);
EVENTSTORE_ENUM(CallProvider, twilio, elevenlabs);

struct CallTurn {
  EVENTSTORE_FIELDS(CallTurn, (CallSpeaker, role), (std::string, message), (std::optional<double>, time_in_call_secs));
};

/// A web call has no SID and no numbers. retry_of is the call that this one tries again.
struct CallQueued {
  EVENTSTORE_EVENT(CallQueued, (std::optional<std::string>, call_sid),
                   (std::optional<std::string>, from_number, , eventstore::personal),
                   (std::optional<std::string>, to_number, , eventstore::personal),
                   (CallDirection, direction, CallDirection::outbound),
                   (std::optional<std::string>, delivery_id, , eventstore::refers_to("delivery")),
                   (std::optional<std::string>, campaign_id, , eventstore::refers_to("campaign")),
                   (std::optional<std::string>, appointment_id, , eventstore::refers_to("appointment")),
                   (std::optional<std::string>, customer_id, , eventstore::refers_to("customer")),
                   (std::optional<std::string>, agent_id, , eventstore::refers_to("agent")),
                   (std::optional<std::string>, provider_conversation_id), (std::int64_t, retry_count, 0),
                   (std::optional<std::string>, retry_of, , eventstore::refers_to("call")));
};

struct CallRinging {
  EVENTSTORE_EVENT(CallRinging);
};

struct CallAnswered {
  EVENTSTORE_EVENT(CallAnswered, (eventstore::Timestamp, start_time));
};

/// duration is in seconds.
struct CallCompleted {
  EVENTSTORE_EVENT(CallCompleted, (eventstore::Timestamp, end_time), (std::int64_t, duration));
};

struct CallBusy {
  EVENTSTORE_EVENT(CallBusy, (std::optional<eventstore::Timestamp>, end_time));
};

struct CallNotAnswered {
  EVENTSTORE_EVENT(CallNotAnswered, (std::optional<eventstore::Timestamp>, end_time));
};

struct CallCanceled {
  EVENTSTORE_EVENT(CallCanceled, (std::optional<eventstore::Timestamp>, end_time));
};

/// What a provider says of a failed call may have its number in it.
struct CallFailed {
  EVENTSTORE_EVENT(CallFailed, (std::optional<std::string>, error_code),
                   (std::optional<std::string>, error_message, , eventstore::personal));
};

/// recording_duration is in seconds.
struct CallRecordingAttached {
  EVENTSTORE_EVENT(CallRecordingAttached, (std::string, recording_id),
                   (std::string, recording_url, , eventstore::personal),
                   (std::optional<std::int64_t>, recording_duration));
};

struct CallTranscribed {
  EVENTSTORE_EVENT(CallTranscribed, (std::string, transcription, , eventstore::personal),
                   (std::optional<std::vector<CallTurn>>, turns, , eventstore::personal), (std::string, language, "en"),
                   (std::optional<double>, confidence));
};

struct CallAnalyzed {
  EVENTSTORE_EVENT(CallAnalyzed, (std::optional<Sentiment>, sentiment),
                   (std::optional<std::string>, summary, , eventstore::personal),
                   (std::optional<CallSuccess>, call_successful),
                   (std::optional<std::vector<std::string>>, keywords, , eventstore::personal),
                   (std::optional<std::string>, instructions, , eventstore::personal),
                   (std::optional<AnalysisPriority>, priority), (std::optional<double>, confidence_score));
};

/// data is the webhook's body as it came.
struct CallWebhookReceived {
  EVENTSTORE_EVENT(CallWebhookReceived, (CallProvider, provider), (std::string, event),
                   (eventstore::Json, data, , eventstore::personal));
};

}  // namespace domain
