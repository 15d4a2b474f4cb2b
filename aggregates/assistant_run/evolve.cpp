// Any history is fact: nothing here checks a transition.
#include <aggregates/assistant_run/assistant_run.hpp>

namespace domain {

void AssistantRun::evolve(State& state, const AssistantRunStarted& event) {
  if (is_started(state)) return;
  state.user_id = event.user_id;
  state.session_id = event.session_id;
  state.input_text = event.input_text;
}

void AssistantRun::evolve(State& state, const AssistantIntentDetected& event) { state.intent = event.intent; }

void AssistantRun::evolve(State& state, const AssistantStepTaken& event) { state.steps.push_back(event.step); }

void AssistantRun::evolve(State& state, const AssistantRunCompleted& event) {
  if (state.status != AssistantRunStatus::running) return;
  state.status = AssistantRunStatus::completed;
  state.final_output = event.final_output;
}

void AssistantRun::evolve(State& state, const AssistantRunFailed& event) {
  if (state.status != AssistantRunStatus::running) return;
  state.status = AssistantRunStatus::failed;
  state.error = event.error;
}

}  // namespace domain
