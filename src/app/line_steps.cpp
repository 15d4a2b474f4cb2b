#include "line_steps.hpp"

namespace eventstore::app {

Result<std::vector<LineStates::Step>> take_steps(const EventLog& log, std::span<EventLine* const> lines,
                                                 LineStates& states, FormerIds former_ids) {
  std::vector<LineStates::Step> steps;
  for (bool again = true; again;) {
    states.clear();
    steps.clear();
    std::vector<LineOfSubject> of_subjects;
    again = false;
    for (auto* const line : lines) {
      EVENTSTORE_TRY_ASSIGN(auto step, states.next(*line));
      again = again || (has_coded_id(*line) && !line->version);
      of_subjects.push_back({line, step.subject});
      steps.push_back(std::move(step));
    }
    if (value_cipher_of(log) == nullptr) again = false;
    EVENTSTORE_TRY(derive_coded_ids(log, of_subjects, former_ids));
  }
  return steps;
}

}  // namespace eventstore::app
