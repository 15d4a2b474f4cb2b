#pragma once
// How a customer wants to be reached and served.
#include <eventstore/schema/enum.hpp>
#include <eventstore/schema/fields.hpp>

#include <optional>
#include <string>
#include <vector>

namespace domain {

EVENTSTORE_ENUM(Weekday, monday, tuesday, wednesday, thursday, friday, saturday, sunday);
EVENTSTORE_ENUM(ContactMethod, call, sms, both);

/// preferred_times are like 09:00-12:00, in the customer's time zone, which has an IANA name.
struct CustomerPreferences {
  EVENTSTORE_FIELDS(CustomerPreferences, (std::vector<std::string>, preferred_times, std::vector<std::string>{}),
                    (std::vector<Weekday>, preferred_days, std::vector<Weekday>{}),
                    (std::optional<std::string>, delivery_instructions, , eventstore::personal),
                    (ContactMethod, contact_method, ContactMethod::call), (std::string, language, "en"),
                    (std::string, timezone, "America/New_York"));
};

}  // namespace domain
