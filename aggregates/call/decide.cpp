#include <aggregates/call/call.hpp>
#include <aggregates/common/checks.hpp>

#include <algorithm>

namespace domain {
namespace {

using eventstore::Refusal;
using eventstore::refuse;
using Decision = Call::Decision;
using Context = eventstore::Context;

// What the provider calls its conversations.
constexpr std::string_view conversation_prefix = "conv_";

// The call that a callback tells of, as far as its key and the callback say.
CallQueued queued_by(const Context& context, const CallParties& parties) {
  CallQueued event{};
  const std::string key{context.stream.key()};
  (key.starts_with(conversation_prefix) ? event.provider_conversation_id : event.call_sid) = key;
  event.from_number = parties.from_number;
  event.to_number = parties.to_number;
  event.direction = parties.direction.value_or(CallDirection::outbound);
  return event;
}

template <class E> Decision queue_first(const Context& context, const CallParties& parties, E event) {
  return {queued_by(context, parties), std::move(event)};
}

// The status of a callback: what is not ahead of the call's own changes nothing.
template <class E> Decision move(const CallState* state, const Context& context, const CallParties& parties, E event) {
  if (state == nullptr) return queue_first(context, parties, std::move(event));
  auto after = *state;
  Call::evolve(after, event);
  if (after == *state) return {};
  return event;
}

// The end of a call that nobody has answered.
template <class E>
Decision end_unanswered(const CallState* state, const Context& context, const CallParties& parties, E event) {
  if (state != nullptr && state->status >= CallStatus::in_progress) return {};
  return move(state, context, parties, std::move(event));
}

// What is told about a call, in whatever status it is.
template <class E> Decision tell(const CallState* state, const Context& context, E event) {
  return move(state, context, CallParties{}, std::move(event));
}

std::optional<Refusal> check_part(const char* name, const std::optional<double>& part) {
  // Written so that NaN, which compares false with everything, is refused.
  if (part && !(*part >= 0 && *part <= 1))
    return refuse("bad_" + std::string{name}, std::string{name} + " is from 0 to 1");
  return std::nullopt;
}

std::optional<Refusal> check_seconds(const char* name, const std::optional<std::int64_t>& seconds) {
  if (seconds && *seconds < 0) return refuse("bad_duration", std::string{name} + " is in seconds, and not below 0");
  return std::nullopt;
}

std::optional<Refusal> check_queue(const QueueCall& command, std::string_view key) {
  const auto& id = command.call_sid ? command.call_sid : command.provider_conversation_id;
  if (id && *id != key)
    return refuse("wrong_key", "the key of a call is its call_sid or, where it has none, its provider_conversation_id");
  const auto given = [](const auto& field) { return field ? 1 : 0; };
  if (given(command.delivery_id) + given(command.campaign_id) + given(command.appointment_id) > 1)
    return refuse("too_many_reasons",
                  "a call is for a delivery, a campaign or an appointment: give one of them at most");
  if (command.retry_count < 0) return refuse("bad_retry_count", "retry_count is not below 0");
  return std::nullopt;
}

}  // namespace

Call::Decision Call::decide(const State* state, const QueueCall& command, const Context& context) {
  if (state != nullptr && state->is_queued) return already_exists("the call is queued");
  if (auto problem = check_queue(command, context.stream.key())) return *problem;
  const auto own = queued_by(context, CallParties{});
  const bool names_itself = command.call_sid || command.provider_conversation_id;
  return CallQueued{names_itself ? command.call_sid : own.call_sid,
                    command.from_number,
                    command.to_number,
                    command.direction,
                    command.delivery_id,
                    command.campaign_id,
                    command.appointment_id,
                    command.customer_id,
                    command.agent_id,
                    names_itself ? command.provider_conversation_id : own.provider_conversation_id,
                    command.retry_count,
                    command.retry_of};
}

Call::Decision Call::decide(const State* state, const RingCall& command, const Context& context) {
  return move(state, context, command.parties, CallRinging{});
}

Call::Decision Call::decide(const State* state, const AnswerCall& command, const Context& context) {
  return move(state, context, command.parties, CallAnswered{command.start_time.value_or(context.now)});
}

Call::Decision Call::decide(const State* state, const CompleteCall& command, const Context& context) {
  if (auto problem = check_seconds("duration", command.duration)) return *problem;
  return move(state, context, command.parties, CallCompleted{command.end_time.value_or(context.now), command.duration});
}

Call::Decision Call::decide(const State* state, const MarkCallBusy& command, const Context& context) {
  return end_unanswered(state, context, command.parties, CallBusy{command.end_time});
}

Call::Decision Call::decide(const State* state, const MarkCallNotAnswered& command, const Context& context) {
  return end_unanswered(state, context, command.parties, CallNotAnswered{command.end_time});
}

Call::Decision Call::decide(const State* state, const CancelCall& command, const Context& context) {
  return end_unanswered(state, context, command.parties, CallCanceled{command.end_time});
}

Call::Decision Call::decide(const State* state, const FailCall& command, const Context& context) {
  return move(state, context, command.parties, CallFailed{command.error_code, command.error_message});
}

Call::Decision Call::decide(const State* state, const AttachCallRecording& command, const Context& context) {
  if (auto problem = check_texts({{"recording_id", command.recording_id}, {"recording_url", command.recording_url}}))
    return *problem;
  if (auto problem = check_seconds("recording_duration", command.recording_duration)) return *problem;
  return tell(state, context,
              CallRecordingAttached{command.recording_id, command.recording_url, command.recording_duration});
}

Call::Decision Call::decide(const State* state, const TranscribeCall& command, const Context& context) {
  if (auto problem = check_texts({{"transcription", command.transcription}, {"language", command.language}}))
    return *problem;
  if (auto problem = check_part("confidence", command.confidence)) return *problem;
  CallTranscribed event{command.transcription, command.turns, command.language, command.confidence};
  if (state == nullptr) return queue_first(context, CallParties{}, std::move(event));
  auto after = *state;
  evolve(after, event, state->transcript ? Metadata{.created_at = state->transcript->transcribed_at} : Metadata{});
  if (state->transcript && after == *state) return {};
  return event;
}

Call::Decision Call::decide(const State* state, const AnalyzeCall& command, const Context& context) {
  if (auto problem = check_part("confidence_score", command.confidence_score)) return *problem;
  CallAnalyzed event{command.sentiment,    command.summary,  command.call_successful, command.keywords,
                     command.instructions, command.priority, command.confidence_score};
  if (event == CallAnalyzed{}) return refuse("nothing_to_record", "give at least one finding of the analysis");
  return tell(state, context, std::move(event));
}

Call::Decision Call::decide(const State* state, const ReceiveCallWebhook& command, const Context& context) {
  if (auto problem = check_texts({{"event", command.event}})) return *problem;
  CallWebhookReceived event{command.provider, command.event, command.data};
  if (state == nullptr) return queue_first(context, CallParties{}, std::move(event));
  const auto is_same = [&](const CallWebhookEvent& known) {
    return known.event == event.event && known.data == event.data;
  };
  if (std::any_of(state->webhook_events.begin(), state->webhook_events.end(), is_same)) return {};
  return event;
}

}  // namespace domain
