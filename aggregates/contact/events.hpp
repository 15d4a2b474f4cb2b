#pragma once
// What happens to a contact, whom campaigns and conversations reach. All of it is about the contact, so the key of the
// stream is the subject.
#include <aggregates/common/channel.hpp>
#include <aggregates/contact/details.hpp>

#include <string_view>

namespace domain {

struct ContactCreated {
  EVENTSTORE_EVENT(ContactCreated, (std::optional<std::string>, name, , eventstore::personal),
                   (std::string, phone, , eventstore::personal),
                   (std::optional<std::string>, email, , eventstore::personal), (Channel, channel, Channel::whatsapp),
                   (std::optional<eventstore::Json>, tags, , eventstore::personal));
};

struct ContactChanged {
  EVENTSTORE_EVENT(ContactChanged, (ContactDetails, details, , eventstore::flattened));
};

struct ContactConversationLinked {
  EVENTSTORE_EVENT(ContactConversationLinked, (std::string, conversation_id, , eventstore::refers_to("conversation")));
};

struct ContactOptedOut {
  EVENTSTORE_EVENT(ContactOptedOut, (Channel, channel), (std::optional<std::string>, reason, , eventstore::personal));
};

struct ContactOptedIn {
  EVENTSTORE_EVENT(ContactOptedIn, (Channel, channel), (std::optional<std::string>, reason, , eventstore::personal));
};

struct ContactDeleted {
  static constexpr std::string_view audit_action = "delete";
  EVENTSTORE_EVENT(ContactDeleted, (std::optional<std::string>, reason, , eventstore::personal));
};

}  // namespace domain
