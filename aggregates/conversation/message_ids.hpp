#pragma once
// The names of a message: its own id, and the one that its provider gave it. Reports of the provider know the second
// alone, and may come before a program tells which message it is.
#include <aggregates/conversation/state.hpp>

#include <string>
#include <string_view>

namespace domain {

/// The id of a message that is known by its provider's id alone: a UUIDv5, which tells nothing of the contact, whose
/// phone a provider's id may hold.
std::string message_id_of(std::string_view provider_message_id);

/// The ids under which reports of one message come. Lifetime: `id` is the message's.
struct MessageNames {
  std::string_view id;
  std::string alias{};  ///< message_id_of its provider's id; empty where it is the same, or where there is none

  [[nodiscard]] bool has(std::string_view name) const { return name == id || (!alias.empty() && name == alias); }
};

MessageNames names_of(std::string_view message_id, const std::optional<std::string>& provider_message_id);
template <class Message> MessageNames names_of(const Message& message) {
  return names_of(message.message_id, message.provider_message_id);
}

/// The id under which the conversation has the message that is called `id`; `id` itself where it does not have it.
const std::string& known_message_id(const ConversationState& state, const std::string& id);

/// Whether the conversation has the message, which a repeat may call by another id under the same provider's id.
bool has_message(const ConversationState& state, const MessageNames& names);

}  // namespace domain
