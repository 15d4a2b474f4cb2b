#include <aggregates/conversation/message_ids.hpp>

#include <eventstore/core/uuid.hpp>

namespace domain {

std::string message_id_of(std::string_view provider_message_id) {
  return eventstore::Uuid::v5(eventstore::eventstore_namespace,
                              "message of a provider\n" + std::string{provider_message_id})
      .to_string();
}

MessageNames names_of(std::string_view message_id, const std::optional<std::string>& provider_message_id) {
  MessageNames names{message_id};
  if (provider_message_id) names.alias = message_id_of(*provider_message_id);
  if (names.alias == message_id) names.alias.clear();
  return names;
}

const std::string& known_message_id(const ConversationState& state, const std::string& id) {
  if (!state.message_aliases || state.messages.contains(id)) return id;
  const auto alias = state.message_aliases->find(id);
  return alias == state.message_aliases->end() ? id : alias->second;
}

bool has_message(const ConversationState& state, const MessageNames& names) {
  if (state.messages.contains(names.id)) return true;
  if (names.alias.empty()) return state.message_aliases && state.message_aliases->contains(names.id);
  return state.messages.contains(names.alias) ||
         (state.message_aliases && state.message_aliases->contains(names.alias));
}

}  // namespace domain
