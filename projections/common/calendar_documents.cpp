#include <projections/common/calendar_documents.hpp>

#include <utility>

namespace domain {

bool is_shown(const UserState& state) { return state.registered && !state.erased_at; }

bool is_shown(const CalendarEventState& state) { return is_created(state) && !state.deleted; }

bool is_shown(const SessionState& state) { return is_started(state); }

bool is_shown(const AssistantRunState& state) { return is_started(state); }

UserDocument document_of(const UserState& state, DocumentPlace place) {
  return {std::move(place.aggregate_id), state.email, place.version, place.created_at, place.updated_at};
}

CalendarEventDocument document_of(const CalendarEventState& state, DocumentPlace place) {
  return {std::move(place.aggregate_id),
          state.user_id,
          state.provider,
          state.provider_event_id,
          state.summary,
          state.start,
          state.end,
          state.description,
          state.location,
          state.attendees,
          place.version,
          place.created_at,
          place.updated_at};
}

// A session that has started has an expiry.
SessionDocument document_of(const SessionState& state, DocumentPlace place) {
  return {std::move(place.aggregate_id),
          state.user_id,
          state.provider,
          state.expires_at.value_or(eventstore::Timestamp{}),
          state.ended_at,
          place.version,
          place.created_at};
}

AgentLogDocument document_of(const AssistantRunState& state, DocumentPlace place) {
  return {std::move(place.aggregate_id),
          state.user_id,
          state.session_id,
          state.intent,
          state.input_text,
          state.steps,
          state.final_output,
          state.status,
          state.error,
          place.version,
          place.created_at,
          place.updated_at};
}

}  // namespace domain
