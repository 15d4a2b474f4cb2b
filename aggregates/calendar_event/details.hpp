#pragma once
// What an event says of an entry in a calendar besides whose it is. What is absent keeps its value.
#include <eventstore/core/timestamp.hpp>
#include <eventstore/schema/fields.hpp>

#include <optional>
#include <string>
#include <vector>

namespace domain {

/// E-mail addresses.
using Attendees = std::vector<std::string>;

struct CalendarEventDetails {
  EVENTSTORE_FIELDS(CalendarEventDetails, (std::optional<std::string>, summary, , eventstore::personal),
                    (std::optional<eventstore::Timestamp>, start), (std::optional<eventstore::Timestamp>, end),
                    (std::optional<std::string>, description, , eventstore::personal),
                    (std::optional<std::string>, location, , eventstore::personal),
                    (std::optional<Attendees>, attendees, , eventstore::personal));
};

}  // namespace domain
