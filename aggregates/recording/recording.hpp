#pragma once
// The recording of a call. Its key is the call's, so a call has one recording.
//
// Rules that the requirements leave open:
// - processing starts from pending and, again, from failed; each start is one attempt more;
// - a transcript and an analysis come while the recording is processed, and a new one takes the place of the old one;
// - a deleted recording has no audio and takes no command; its transcript stays;
// - every access is one, whoever has it;
// - history is fact: a second storing changes nothing, and what comes before the storing takes effect.
#include <aggregates/recording/commands.hpp>
#include <aggregates/recording/state.hpp>
#include <eventstore/aggregate/decider_of.hpp>

namespace domain {

struct Recording
    : eventstore::DeciderOf<"recording", RecordingState,
                            eventstore::Events<RecordingStored, RecordingProcessingStarted, RecordingTranscribed,
                                               RecordingAnalyzed, RecordingProcessingCompleted,
                                               RecordingProcessingFailed, RecordingAccessed, RecordingDeleted>,
                            eventstore::Commands<StoreRecording, StartRecordingProcessing, TranscribeRecording,
                                                 AnalyzeRecording, CompleteRecordingProcessing, FailRecordingProcessing,
                                                 AccessRecording, DeleteRecording>> {
  static constexpr auto collection = "recordings";

  static void evolve(State& state, const RecordingStored& event);
  static void evolve(State& state, const RecordingProcessingStarted& event, const Metadata& metadata);
  static void evolve(State& state, const RecordingTranscribed& event);
  static void evolve(State& state, const RecordingAnalyzed& event);
  static void evolve(State& state, const RecordingProcessingCompleted& event, const Metadata& metadata);
  static void evolve(State& state, const RecordingProcessingFailed& event, const Metadata& metadata);
  static void evolve(State& state, const RecordingAccessed& event, const Metadata& metadata);
  static void evolve(State& state, const RecordingDeleted& event);

  static Decision decide(const State* state, const StoreRecording& command, const Context& context);
  static Decision decide(const State& state, const StartRecordingProcessing& command);
  static Decision decide(const State& state, const TranscribeRecording& command);
  static Decision decide(const State& state, const AnalyzeRecording& command);
  static Decision decide(const State& state, const CompleteRecordingProcessing& command);
  static Decision decide(const State& state, const FailRecordingProcessing& command);
  static Decision decide(const State& state, const AccessRecording& command);
  static Decision decide(const State& state, const DeleteRecording& command);

  /// That of a call which has no recording yet.
  static std::optional<std::string> make_up_key(Random& random);
  static Decision make_up(Random& random, const State& state);
};

}  // namespace domain
