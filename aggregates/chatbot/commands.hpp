#pragma once
// What can be asked of a chatbot. A command carries its event's data.
#include <aggregates/chatbot/events.hpp>

namespace domain {

/// Opens the stream, or creates a chatbot whose later events came first.
struct CreateChatbot {
  EVENTSTORE_COMMAND(CreateChatbot, "create", (std::string, name), (Channel, channel, Channel::whatsapp),
                     (std::optional<eventstore::Json>, definition));
};

struct ChangeChatbot {
  EVENTSTORE_COMMAND(ChangeChatbot, "change", (ChatbotDetails, details, , eventstore::flattened));
};

struct ExecuteChatbot {
  EVENTSTORE_COMMAND(ExecuteChatbot, "execute",
                     (std::string, conversation_id, , eventstore::subject_id | eventstore::refers_to("conversation")),
                     (std::optional<std::string>, contact_id, , eventstore::refers_to("contact")),
                     (std::string, input, , eventstore::personal_of("contact_id")),
                     (std::optional<std::string>, output, , eventstore::personal_of("contact_id")),
                     (std::optional<std::int64_t>, duration_ms));
};

struct DeleteChatbot {
  EVENTSTORE_COMMAND(DeleteChatbot, "delete", (std::optional<std::string>, reason, , eventstore::personal));
};

}  // namespace domain
