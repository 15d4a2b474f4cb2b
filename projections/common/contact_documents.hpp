#pragma once
// Documents of contacts, and of the chatbots that answer them.
#include <aggregates/chatbot/state.hpp>
#include <aggregates/contact/state.hpp>
#include <projections/common/shown_documents.hpp>

namespace domain {

/// Of `contacts`.
struct ContactDocument {
  EVENTSTORE_FIELDS(ContactDocument, (std::string, aggregate_id),
                    (std::optional<std::string>, name, , eventstore::personal),
                    (std::string, phone, , eventstore::personal),
                    (std::optional<std::string>, email, , eventstore::personal), (Channel, channel),
                    (std::optional<std::string>, conversation_id),
                    (std::optional<eventstore::Json>, tags, , eventstore::personal), (OptedOut, opted_out),
                    (bool, deleted), (std::int64_t, version), (eventstore::Timestamp, created_at),
                    (eventstore::Timestamp, updated_at));
};

/// Of `chatbots`.
struct ChatbotDocument {
  EVENTSTORE_FIELDS(ChatbotDocument, (std::string, aggregate_id), (std::string, name), (Channel, channel),
                    (std::optional<eventstore::Json>, definition), (bool, active), (std::int64_t, executions),
                    (bool, deleted), (std::int64_t, version), (eventstore::Timestamp, created_at),
                    (eventstore::Timestamp, updated_at));
};

bool is_shown(const ContactState& state);
bool is_shown(const ChatbotState& state);

ContactDocument document_of(const ContactState& state, DocumentPlace place);
ChatbotDocument document_of(const ChatbotState& state, DocumentPlace place);

}  // namespace domain
