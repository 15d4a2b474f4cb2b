#pragma once
// A voice call. Its key is the provider's call SID or, for a call in a browser, which has none, the id of the
// provider's conversation ("conv_…"): so one call has one stream, whoever tells of it first.
//
// Rules that the requirements leave open:
// - a callback of a call that nobody has queued queues it first, in the same commit; a queue that comes later is
// refused;
// - a status that is not ahead of the present one changes nothing, and neither does a second end;
// - busy, no-answer and canceled end a call that nobody has answered, and change nothing in another one;
// - an answer that comes after the end tells when the call began, and nothing else;
// - the newest transcript and the newest analysis are the call's; the same one again changes nothing;
// - a webhook that the call has, with the same body, changes nothing;
// - history is fact: evolve takes what comes in the order in which it comes, and a queue that comes late fills in what
// is
//   not known yet.
#include <aggregates/call/commands.hpp>
#include <aggregates/call/state.hpp>
#include <eventstore/aggregate/decider_of.hpp>

namespace domain {

struct Call : eventstore::DeciderOf<"call", CallState,
                                    eventstore::Events<CallQueued, CallRinging, CallAnswered, CallCompleted, CallBusy,
                                                       CallNotAnswered, CallCanceled, CallFailed, CallRecordingAttached,
                                                       CallTranscribed, CallAnalyzed, CallWebhookReceived>,
                                    eventstore::Commands<QueueCall, RingCall, AnswerCall, CompleteCall, MarkCallBusy,
                                                         MarkCallNotAnswered, CancelCall, FailCall, AttachCallRecording,
                                                         TranscribeCall, AnalyzeCall, ReceiveCallWebhook>> {
  static constexpr auto collection = "call_logs";
  /// The customer whom the call reaches; none: the stream stands for the person.
  static std::string subject(const State& state) { return state.customer_id.value_or(""); }

  static void evolve(State& state, const CallQueued& event);
  static void evolve(State& state, const CallRinging& event);
  static void evolve(State& state, const CallAnswered& event);
  static void evolve(State& state, const CallCompleted& event);
  static void evolve(State& state, const CallBusy& event);
  static void evolve(State& state, const CallNotAnswered& event);
  static void evolve(State& state, const CallCanceled& event);
  static void evolve(State& state, const CallFailed& event);
  static void evolve(State& state, const CallRecordingAttached& event);
  static void evolve(State& state, const CallTranscribed& event, const Metadata& metadata);
  static void evolve(State& state, const CallAnalyzed& event);
  static void evolve(State& state, const CallWebhookReceived& event, const Metadata& metadata);

  static Decision decide(const State* state, const QueueCall& command, const Context& context);
  static Decision decide(const State* state, const RingCall& command, const Context& context);
  static Decision decide(const State* state, const AnswerCall& command, const Context& context);
  static Decision decide(const State* state, const CompleteCall& command, const Context& context);
  static Decision decide(const State* state, const MarkCallBusy& command, const Context& context);
  static Decision decide(const State* state, const MarkCallNotAnswered& command, const Context& context);
  static Decision decide(const State* state, const CancelCall& command, const Context& context);
  static Decision decide(const State* state, const FailCall& command, const Context& context);
  static Decision decide(const State* state, const AttachCallRecording& command, const Context& context);
  static Decision decide(const State* state, const TranscribeCall& command, const Context& context);
  static Decision decide(const State* state, const AnalyzeCall& command, const Context& context);
  static Decision decide(const State* state, const ReceiveCallWebhook& command, const Context& context);

  static std::optional<std::string> make_up_key(Random& random);
  static Decision make_up(Random& random, const State& state);
};

}  // namespace domain
