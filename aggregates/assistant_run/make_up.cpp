// Made-up runs of the assistant, by the rules of decide.
#include <aggregates/assistant_run/assistant_run.hpp>
#include <aggregates/common/made_up.hpp>
#include <eventstore/aggregate/random.hpp>

namespace domain {
namespace {

using eventstore::Json;
using eventstore::Random;

std::string request(Random& random) {
  return std::string{
      random.pick<std::string_view>({"When am I free on Friday?", "Move the stand-up to ten.", "Cancel lunch with Ana.",
                                     "What is my next appointment?", "Book an hour for the budget review next week."})};
}

std::string intent(Random& random) {
  return std::string{random.pick<std::string_view>({"find_free_time", "schedule", "reschedule", "cancel", "ask"})};
}

Json step(Random& random) {
  if (random.chance(40)) return {R"("looked at the calendar")"};
  const auto milliseconds = random.between(5, 900);
  return {R"({"name":"list_events","input":{"days":7},"output":"3 events","duration_ms":)" +
          std::to_string(milliseconds) + "}"};
}

AssistantRunStarted begin(Random& random) {
  AssistantRunStarted event{};
  event.user_id = made_up::user_id(random);
  event.session_id = random.key_of("session");
  event.input_text = request(random);
  return event;
}

}  // namespace

AssistantRun::Decision AssistantRun::make_up(Random& random, const State& state) {
  if (state.status != AssistantRunStatus::running) return {};
  if (!is_started(state)) return begin(random);
  if (!state.intent) return AssistantIntentDetected{intent(random)};
  const auto roll = random.below(100);
  if (roll < 55) return AssistantStepTaken{step(random)};
  if (roll < 90) return AssistantRunCompleted{"Done. You find it in your calendar."};
  return AssistantRunFailed{"the calendar did not answer"};
}

}  // namespace domain
