#pragma once
// What can be asked of a contact. A command carries its event's data.
#include <aggregates/contact/events.hpp>

namespace domain {

/// Opens the stream, or creates a contact whose later events came first.
struct CreateContact {
  EVENTSTORE_COMMAND(CreateContact, "create", (std::optional<std::string>, name, , eventstore::personal),
                     (std::string, phone, , eventstore::personal),
                     (std::optional<std::string>, email, , eventstore::personal), (Channel, channel, Channel::whatsapp),
                     (std::optional<eventstore::Json>, tags, , eventstore::personal));
};

struct ChangeContact {
  EVENTSTORE_COMMAND(ChangeContact, "change", (ContactDetails, details, , eventstore::flattened));
};

struct LinkContactConversation {
  EVENTSTORE_COMMAND(LinkContactConversation, "link_conversation",
                     (std::string, conversation_id, , eventstore::refers_to("conversation")));
};

struct OptContactOut {
  EVENTSTORE_COMMAND(OptContactOut, "opt_out", (Channel, channel),
                     (std::optional<std::string>, reason, , eventstore::personal));
};

struct OptContactIn {
  EVENTSTORE_COMMAND(OptContactIn, "opt_in", (Channel, channel),
                     (std::optional<std::string>, reason, , eventstore::personal));
};

struct DeleteContact {
  EVENTSTORE_COMMAND(DeleteContact, "delete", (std::optional<std::string>, reason, , eventstore::personal));
};

}  // namespace domain
