#pragma once
// What is known about a chatbot after its events.
#include <aggregates/chatbot/events.hpp>

namespace domain {

struct ChatbotState {
  // created is here because history may begin with another event; early has what changes say that came before the
  // creation, and is absent from the creation on.
  EVENTSTORE_FIELDS(ChatbotState, (std::string, name), (Channel, channel, Channel::whatsapp),
                    (std::optional<eventstore::Json>, definition), (bool, active, true), (std::int64_t, executions),
                    (bool, deleted, false), (bool, created, false, eventstore::bookkeeping),
                    (std::optional<ChatbotDetails>, early, , eventstore::bookkeeping));
};

}  // namespace domain
