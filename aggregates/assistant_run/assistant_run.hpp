#pragma once
// A run of the assistant for a user: running -> completed | failed, which are final.
//
// Rules that the requirements leave open:
// - the intent may be found out anew while the run is running; to find out the present one changes nothing;
// - each step counts, also one that is like the step before it: an assistant may do a thing twice;
// - completing with the present output and failing with the present error change nothing; the other end is refused;
// - a run that was recorded as a whole has one end or none;
// - history is fact: what comes before the start takes effect at once, and the start takes nothing of it back; a start
//   that is repeated changes nothing; of two ends the first counts; steps and intents that come after the end are kept.
#include <aggregates/assistant_run/commands.hpp>
#include <aggregates/assistant_run/state.hpp>
#include <eventstore/aggregate/decider_of.hpp>

namespace domain {

struct AssistantRun
    : eventstore::DeciderOf<"assistant_run", AssistantRunState,
                            eventstore::Events<AssistantRunStarted, AssistantIntentDetected, AssistantStepTaken,
                                               AssistantRunCompleted, AssistantRunFailed>,
                            eventstore::Commands<StartAssistantRun, RecordAssistantRun, DetectAssistantIntent,
                                                 TakeAssistantStep, CompleteAssistantRun, FailAssistantRun>> {
  static void evolve(State& state, const AssistantRunStarted& event);
  static void evolve(State& state, const AssistantIntentDetected& event);
  static void evolve(State& state, const AssistantStepTaken& event);
  static void evolve(State& state, const AssistantRunCompleted& event);
  static void evolve(State& state, const AssistantRunFailed& event);

  static Decision decide(const State* state, const StartAssistantRun& command);
  static Decision decide(const State* state, const RecordAssistantRun& command);
  static Decision decide(const State& state, const DetectAssistantIntent& command);
  static Decision decide(const State& state, const TakeAssistantStep& command);
  static Decision decide(const State& state, const CompleteAssistantRun& command);
  static Decision decide(const State& state, const FailAssistantRun& command);

  /// The user. Empty, which leaves it to the stream itself, before the start names the user.
  static std::string subject(const State& state) { return state.user_id; }

  static Decision make_up(Random& random, const State& state);
};

}  // namespace domain
