#pragma once
// What a user did, where no aggregate records it.
#include <eventstore/schema/enum.hpp>
#include <eventstore/schema/fields.hpp>
#include <eventstore/schema/json.hpp>

#include <optional>
#include <string>

namespace domain {

EVENTSTORE_ENUM(Action, create, update, delete_, view, execute);

/// A resource before and after, as the caller that records it sees it.
struct ActionChanges {
  EVENTSTORE_FIELDS(ActionChanges, (std::optional<eventstore::Json>, before), (std::optional<eventstore::Json>, after));
};

/// The stream is that of the user, who is the subject of what the action changed.
struct ActionRecorded {
  EVENTSTORE_EVENT(ActionRecorded, (Action, action), (std::string, resource_type), (std::string, resource_id),
                   (std::optional<ActionChanges>, changes, , eventstore::personal));
};

/// The user has looked at a resource.
struct ResourceViewed {
  EVENTSTORE_EVENT(ResourceViewed, (std::string, resource_type), (std::string, resource_id));
};

}  // namespace domain
