#pragma once
// What happens in a run of the assistant: a user says something, the assistant finds out what is wanted, takes steps
// and answers. All of it is about the user, whom the first event names.
#include <eventstore/schema/fields.hpp>
#include <eventstore/schema/json.hpp>

#include <optional>
#include <string>

namespace domain {

struct AssistantRunStarted {
  EVENTSTORE_EVENT(AssistantRunStarted,
                   (std::string, user_id, , eventstore::subject_id | eventstore::refers_to("user")),
                   (std::optional<std::string>, session_id, , eventstore::refers_to("session")),
                   (std::string, input_text, , eventstore::personal));
};

struct AssistantIntentDetected {
  EVENTSTORE_EVENT(AssistantIntentDetected, (std::string, intent));
};

/// step is a text, or {name, input?, output?, duration_ms?}: check_step.hpp.
struct AssistantStepTaken {
  EVENTSTORE_EVENT(AssistantStepTaken, (eventstore::Json, step, , eventstore::personal));
};

struct AssistantRunCompleted {
  EVENTSTORE_EVENT(AssistantRunCompleted, (std::string, final_output, , eventstore::personal));
};

struct AssistantRunFailed {
  EVENTSTORE_EVENT(AssistantRunFailed, (std::string, error, , eventstore::personal));
};

}  // namespace domain
