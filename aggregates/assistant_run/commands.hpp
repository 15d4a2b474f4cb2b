#pragma once
// What can be asked of a run of the assistant. A command carries its event's data.
#include <aggregates/assistant_run/events.hpp>

#include <vector>

namespace domain {

using AssistantSteps = std::vector<eventstore::Json>;

/// Opens the stream, or starts a run whose later events came first.
struct StartAssistantRun {
  EVENTSTORE_COMMAND(StartAssistantRun, "start",
                     (std::string, user_id, , eventstore::subject_id | eventstore::refers_to("user")),
                     (std::optional<std::string>, session_id, , eventstore::refers_to("session")),
                     (std::string, input_text, , eventstore::personal));
};

/// As start, with all else that has happened by now, as one commit: with final_output the run is completed, with error
/// it has failed, with neither it goes on.
struct RecordAssistantRun {
  EVENTSTORE_COMMAND(RecordAssistantRun, "record",
                     (std::string, user_id, , eventstore::subject_id | eventstore::refers_to("user")),
                     (std::optional<std::string>, session_id, , eventstore::refers_to("session")),
                     (std::optional<std::string>, intent), (std::string, input_text, , eventstore::personal),
                     (AssistantSteps, steps, AssistantSteps{}, eventstore::personal),
                     (std::optional<std::string>, final_output, , eventstore::personal),
                     (std::optional<std::string>, error, , eventstore::personal));
};

struct DetectAssistantIntent {
  EVENTSTORE_COMMAND(DetectAssistantIntent, "detect_intent", (std::string, intent));
};

struct TakeAssistantStep {
  EVENTSTORE_COMMAND(TakeAssistantStep, "take_step", (eventstore::Json, step, , eventstore::personal));
};

struct CompleteAssistantRun {
  EVENTSTORE_COMMAND(CompleteAssistantRun, "complete", (std::string, final_output, , eventstore::personal));
};

struct FailAssistantRun {
  EVENTSTORE_COMMAND(FailAssistantRun, "fail", (std::string, error, , eventstore::personal));
};

}  // namespace domain
