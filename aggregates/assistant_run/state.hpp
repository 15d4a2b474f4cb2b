#pragma once
// What is known about a run of the assistant after its events.
#include <aggregates/assistant_run/events.hpp>
#include <eventstore/schema/enum.hpp>
#include <eventstore/schema/list.hpp>

namespace domain {

EVENTSTORE_ENUM(AssistantRunStatus, running, completed, failed);

/// In the order in which they were taken.
using TakenSteps = eventstore::List<eventstore::Json>;

struct AssistantRunState {
  EVENTSTORE_FIELDS(AssistantRunState, (std::string, user_id, , eventstore::subject_id | eventstore::refers_to("user")),
                    (std::optional<std::string>, session_id, , eventstore::refers_to("session")),
                    (std::optional<std::string>, intent), (std::string, input_text, , eventstore::personal),
                    (TakenSteps, steps, , eventstore::personal),
                    (std::optional<std::string>, final_output, , eventstore::personal),
                    (AssistantRunStatus, status, AssistantRunStatus::running),
                    (std::optional<std::string>, error, , eventstore::personal));
};

/// Whether the start has come: no other event says whose run it is.
[[nodiscard]] inline bool is_started(const AssistantRunState& state) { return !state.user_id.empty(); }

}  // namespace domain
