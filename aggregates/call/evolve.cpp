// Any history is fact: nothing here checks a transition, and what comes late tells only what is not known yet.
#include <aggregates/call/call.hpp>

namespace domain {
namespace {

// How far a call has come.
int step_of(CallStatus status) { return is_final(status) ? 3 : static_cast<int>(status); }

// Whether the status is ahead of the call's, which it then becomes.
bool move_to(CallState& state, CallStatus status) {
  if (step_of(status) <= step_of(state.status)) return false;
  state.status = status;
  return true;
}

template <class T> void learn(std::optional<T>& known, const std::optional<T>& told) {
  if (told) known = told;
}

void end(CallState& state, CallStatus status, const std::optional<eventstore::Timestamp>& end_time) {
  if (move_to(state, status)) learn(state.end_time, end_time);
}

}  // namespace

void Call::evolve(State& state, const CallQueued& event) {
  if (state.is_queued) return;
  state.is_queued = true;
  learn(state.call_sid, event.call_sid);
  learn(state.provider_conversation_id, event.provider_conversation_id);
  learn(state.delivery_id, event.delivery_id);
  learn(state.campaign_id, event.campaign_id);
  learn(state.appointment_id, event.appointment_id);
  learn(state.customer_id, event.customer_id);
  learn(state.agent_id, event.agent_id);
  learn(state.from_number, event.from_number);
  learn(state.to_number, event.to_number);
  learn(state.retry_of, event.retry_of);
  state.direction = event.direction;
  state.retry_count = event.retry_count;
}

void Call::evolve(State& state, const CallRinging&) { move_to(state, CallStatus::ringing); }

void Call::evolve(State& state, const CallAnswered& event) {
  move_to(state, CallStatus::in_progress);
  if (!state.start_time) state.start_time = event.start_time;
}

void Call::evolve(State& state, const CallCompleted& event) {
  if (!move_to(state, CallStatus::completed)) return;
  state.end_time = event.end_time;
  state.duration = event.duration;
}

void Call::evolve(State& state, const CallBusy& event) { end(state, CallStatus::busy, event.end_time); }

void Call::evolve(State& state, const CallNotAnswered& event) { end(state, CallStatus::no_answer, event.end_time); }

void Call::evolve(State& state, const CallCanceled& event) { end(state, CallStatus::canceled, event.end_time); }

void Call::evolve(State& state, const CallFailed& event) {
  if (!move_to(state, CallStatus::failed)) return;
  state.error_code = event.error_code;
  state.error_message = event.error_message;
}

void Call::evolve(State& state, const CallRecordingAttached& event) {
  state.recording_id = event.recording_id;
  state.recording_url = event.recording_url;
  state.recording_duration = event.recording_duration;
}

void Call::evolve(State& state, const CallTranscribed& event, const Metadata& metadata) {
  state.transcription = event.transcription;
  state.transcript = CallTranscript{event.turns.value_or(std::vector<CallTurn>{}), event.language, event.confidence,
                                    metadata.created_at};
}

void Call::evolve(State& state, const CallAnalyzed& event) {
  state.ai_analysis = CallAnalysis{event.sentiment,    event.summary,  event.call_successful, event.keywords,
                                   event.instructions, event.priority, event.confidence_score};
}

void Call::evolve(State& state, const CallWebhookReceived& event, const Metadata& metadata) {
  state.webhook_events.push_back({event.event, metadata.created_at, event.data});
}

}  // namespace domain
