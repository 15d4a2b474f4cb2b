#pragma once
// What happens to a chatbot, and each time that it answers somebody. What was said is about the contact or, where the
// event names none, about whoever is in the conversation.
#include <aggregates/chatbot/details.hpp>
#include <aggregates/common/channel.hpp>

#include <cstdint>
#include <string_view>

namespace domain {

struct ChatbotCreated {
  EVENTSTORE_EVENT(ChatbotCreated, (std::string, name), (Channel, channel, Channel::whatsapp),
                   (std::optional<eventstore::Json>, definition));
};

struct ChatbotChanged {
  EVENTSTORE_EVENT(ChatbotChanged, (ChatbotDetails, details, , eventstore::flattened));
};

struct ChatbotExecuted {
  static constexpr std::string_view audit_action = "execute";
  EVENTSTORE_EVENT(ChatbotExecuted,
                   (std::string, conversation_id, , eventstore::subject_id | eventstore::refers_to("conversation")),
                   (std::optional<std::string>, contact_id, , eventstore::refers_to("contact")),
                   (std::string, input, , eventstore::personal_of("contact_id")),
                   (std::optional<std::string>, output, , eventstore::personal_of("contact_id")),
                   (std::optional<std::int64_t>, duration_ms));
};

struct ChatbotDeleted {
  static constexpr std::string_view audit_action = "delete";
  EVENTSTORE_EVENT(ChatbotDeleted, (std::optional<std::string>, reason, , eventstore::personal));
};

}  // namespace domain
