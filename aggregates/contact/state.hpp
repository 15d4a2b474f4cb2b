#pragma once
// What is known about a contact after its events.
#include <aggregates/contact/events.hpp>

#include <set>

namespace domain {

/// The channels by which a contact does not want to be reached.
using OptedOut = std::set<Channel>;

struct ContactState {
  // created is here because history may begin with another event, and nothing else that stays when the contact is
  // erased tells; early has what changes say that came before the creation, and is absent from the creation on.
  EVENTSTORE_FIELDS(ContactState, (std::optional<std::string>, name, , eventstore::personal),
                    (std::string, phone, , eventstore::personal),
                    (std::optional<std::string>, email, , eventstore::personal), (Channel, channel, Channel::whatsapp),
                    (std::optional<std::string>, conversation_id, , eventstore::refers_to("conversation")),
                    (std::optional<eventstore::Json>, tags, , eventstore::personal), (OptedOut, opted_out),
                    (bool, deleted, false), (bool, created, false, eventstore::bookkeeping),
                    (std::optional<ContactDetails>, early, , eventstore::bookkeeping));
};

}  // namespace domain
