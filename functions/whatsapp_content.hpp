#pragma once
// Private to the functions: what a message of WhatsApp says, in the words of a conversation.
#include <aggregates/conversation/events.hpp>
#include <eventstore/schema/json_document.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace domain {

struct WhatsappContent {
  MessageType type = MessageType::unsupported;
  std::optional<std::string> text{};
  std::optional<std::string> media_url{};
};

/// The content of a message object. A kind that is not known is `unsupported`.
WhatsappContent whatsapp_content(eventstore::JsonNode message);

/// The member as text, also where it is a number; none where it is missing, empty or of another kind.
std::optional<std::string> text_member(eventstore::JsonNode object, std::string_view name);

}  // namespace domain
