#include <projections/common/contact_documents.hpp>

#include <utility>

namespace domain {

bool is_shown(const ContactState& state) { return state.created; }

bool is_shown(const ChatbotState& state) { return state.created; }

ContactDocument document_of(const ContactState& state, DocumentPlace place) {
  return {std::move(place.aggregate_id),
          state.name,
          state.phone,
          state.email,
          state.channel,
          state.conversation_id,
          state.tags,
          state.opted_out,
          state.deleted,
          place.version,
          place.created_at,
          place.updated_at};
}

ChatbotDocument document_of(const ChatbotState& state, DocumentPlace place) {
  return {std::move(place.aggregate_id),
          state.name,
          state.channel,
          state.definition,
          state.active,
          state.executions,
          state.deleted,
          place.version,
          place.created_at,
          place.updated_at};
}

}  // namespace domain
