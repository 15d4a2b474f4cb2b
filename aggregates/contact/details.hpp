#pragma once
// What an event says of a contact. What is absent keeps its value.
#include <eventstore/schema/fields.hpp>
#include <eventstore/schema/json.hpp>

#include <optional>
#include <string>

namespace domain {

/// tags is free data.
struct ContactDetails {
  EVENTSTORE_FIELDS(ContactDetails, (std::optional<std::string>, name, , eventstore::personal),
                    (std::optional<std::string>, phone, , eventstore::personal),
                    (std::optional<std::string>, email, , eventstore::personal),
                    (std::optional<eventstore::Json>, tags, , eventstore::personal));
};

}  // namespace domain
