#pragma once
// Private to the functions: what the body of a webhook tells, one fact after another.
#include <aggregates/conversation/events.hpp>
#include <eventstore/core/result.hpp>
#include <eventstore/core/timestamp.hpp>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace domain {

/// Events that a webhook may lead to. Their ids of senders and receivers are left open, and their message_id is the one
/// that derives from the provider's.
using WhatsappEvent = std::variant<MessageReceived, MessageSent, MessageAccepted, MessageDelivered, MessageRead,
                                   MessagePlayed, MessageFailed, MessageEdited, MessageRevoked, MessageReacted,
                                   ConversationOptedOut, ConversationOptedIn>;

struct WhatsappFact {
  std::string name;             ///< the same whenever the fact is told
  std::string contact;          ///< the number of the contact, or the id of the group
  std::string participant;      ///< the number of who did it, in a group; else empty
  std::string business;         ///< the id of the organization's own number
  bool is_of_business = false;  ///< the organization did it, from its phone
  eventstore::Timestamp at{};
  WhatsappEvent event;
};

struct WhatsappFacts {
  std::vector<WhatsappFact> facts;
  std::vector<std::string> passed_over;  ///< the parts that tell of no conversation, in words
};

/// Reads a body. `now` is the time of facts that have none. Errors: invalid_argument.
eventstore::Result<WhatsappFacts> whatsapp_facts(std::string_view body, eventstore::Timestamp now);

}  // namespace domain
