#pragma once
// Documents of the calendar assistant. They have no tokens.
#include <aggregates/assistant_run/state.hpp>
#include <aggregates/calendar_event/state.hpp>
#include <aggregates/session/state.hpp>
#include <aggregates/user/state.hpp>
#include <projections/common/shown_documents.hpp>

#include <optional>
#include <vector>

namespace domain {

/// Of `users`.
struct UserDocument {
  EVENTSTORE_FIELDS(UserDocument, (std::string, aggregate_id), (std::string, email, , eventstore::personal),
                    (std::int64_t, version), (eventstore::Timestamp, created_at), (eventstore::Timestamp, updated_at));
};

/// Of `calendar_events`.
struct CalendarEventDocument {
  EVENTSTORE_FIELDS(CalendarEventDocument, (std::string, aggregate_id),
                    (std::string, user_id, , eventstore::subject_id), (CalendarProvider, provider),
                    (std::optional<std::string>, provider_event_id), (std::string, summary, , eventstore::personal),
                    (eventstore::Timestamp, start), (eventstore::Timestamp, end),
                    (std::optional<std::string>, description, , eventstore::personal),
                    (std::optional<std::string>, location, , eventstore::personal),
                    (Attendees, attendees, , eventstore::personal), (std::int64_t, version),
                    (eventstore::Timestamp, created_at), (eventstore::Timestamp, updated_at));
};

/// Of `sessions`. One without ended_at is active until expires_at.
struct SessionDocument {
  EVENTSTORE_FIELDS(SessionDocument, (std::string, aggregate_id), (std::string, user_id, , eventstore::subject_id),
                    (CalendarProvider, provider), (eventstore::Timestamp, expires_at),
                    (std::optional<eventstore::Timestamp>, ended_at), (std::int64_t, version),
                    (eventstore::Timestamp, created_at));
};

/// Of `agent_logs`. A step is a text, or {name, input?, output?, duration_ms?}.
struct AgentLogDocument {
  EVENTSTORE_FIELDS(AgentLogDocument, (std::string, aggregate_id), (std::string, user_id, , eventstore::subject_id),
                    (std::optional<std::string>, session_id), (std::optional<std::string>, intent),
                    (std::string, input_text, , eventstore::personal), (TakenSteps, steps, , eventstore::personal),
                    (std::optional<std::string>, final_output, , eventstore::personal), (AssistantRunStatus, status),
                    (std::optional<std::string>, error, , eventstore::personal), (std::int64_t, version),
                    (eventstore::Timestamp, created_at), (eventstore::Timestamp, updated_at));
};

bool is_shown(const UserState& state);
bool is_shown(const CalendarEventState& state);
bool is_shown(const SessionState& state);
bool is_shown(const AssistantRunState& state);

UserDocument document_of(const UserState& state, DocumentPlace place);
CalendarEventDocument document_of(const CalendarEventState& state, DocumentPlace place);
SessionDocument document_of(const SessionState& state, DocumentPlace place);
AgentLogDocument document_of(const AssistantRunState& state, DocumentPlace place);

}  // namespace domain
