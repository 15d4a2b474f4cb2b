#include <aggregates/assistant_run/assistant_run.hpp>
#include <aggregates/assistant_run/check_step.hpp>
#include <aggregates/common/checks.hpp>

namespace domain {
namespace {

using eventstore::Refusal;

std::optional<Refusal> check_start(const AssistantRunState* state, std::string_view user_id,
                                   std::string_view input_text) {
  if (state != nullptr && is_started(*state)) return already_exists("the run has started");
  return check_texts({{"user_id", user_id}, {"input_text", input_text}});
}

std::optional<Refusal> check_running(const AssistantRunState& state, std::string_view what) {
  if (state.status == AssistantRunStatus::running) return std::nullopt;
  return wrong_status(to_string(state.status), what);
}

std::optional<Refusal> check_rest(const RecordAssistantRun& command) {
  if (command.final_output && command.error)
    return eventstore::refuse("two_ends", "give final_output or error: a run is completed or has failed");
  for (const auto& step : command.steps)
    if (auto problem = check_step(step)) return problem;
  return check_texts({{"intent", command.intent.value_or("none")}, {"error", command.error.value_or("none")}});
}

}  // namespace

AssistantRun::Decision AssistantRun::decide(const State* state, const StartAssistantRun& command) {
  if (auto problem = check_start(state, command.user_id, command.input_text)) return *problem;
  return AssistantRunStarted{command.user_id, command.session_id, command.input_text};
}

AssistantRun::Decision AssistantRun::decide(const State* state, const RecordAssistantRun& command) {
  if (auto problem = check_start(state, command.user_id, command.input_text)) return *problem;
  if (auto problem = check_rest(command)) return *problem;
  if (state != nullptr)
    if (auto problem = check_running(*state, "run cannot be recorded anew")) return *problem;
  Decision decision{AssistantRunStarted{command.user_id, command.session_id, command.input_text}};
  if (command.intent) decision.add(AssistantIntentDetected{*command.intent});
  for (const auto& step : command.steps) decision.add(AssistantStepTaken{step});
  if (command.final_output) decision.add(AssistantRunCompleted{*command.final_output});
  if (command.error) decision.add(AssistantRunFailed{*command.error});
  return decision;
}

AssistantRun::Decision AssistantRun::decide(const State& state, const DetectAssistantIntent& command) {
  if (auto problem = check_texts({{"intent", command.intent}})) return *problem;
  if (state.intent == command.intent) return {};
  if (auto problem = check_running(state, "run has no new intent")) return *problem;
  return AssistantIntentDetected{command.intent};
}

AssistantRun::Decision AssistantRun::decide(const State& state, const TakeAssistantStep& command) {
  if (auto problem = check_running(state, "run takes no further step")) return *problem;
  if (auto problem = check_step(command.step)) return *problem;
  return AssistantStepTaken{command.step};
}

AssistantRun::Decision AssistantRun::decide(const State& state, const CompleteAssistantRun& command) {
  if (state.final_output == command.final_output) return {};
  if (auto problem = check_running(state, "run cannot be completed")) return *problem;
  return AssistantRunCompleted{command.final_output};
}

AssistantRun::Decision AssistantRun::decide(const State& state, const FailAssistantRun& command) {
  if (auto problem = check_texts({{"error", command.error}})) return *problem;
  if (state.error == command.error) return {};
  if (auto problem = check_running(state, "run cannot fail")) return *problem;
  return AssistantRunFailed{command.error};
}

}  // namespace domain
