#pragma once
// What can be asked of a customer. A command carries its event's data.
#include <aggregates/customer/events.hpp>

namespace domain {

/// Opens the stream.
struct RegisterCustomer {
  EVENTSTORE_COMMAND(RegisterCustomer, "register", (std::string, name, , eventstore::personal),
                     (std::string, phone, , eventstore::personal),
                     (std::optional<std::string>, email, , eventstore::personal),
                     (std::optional<std::string>, address, , eventstore::personal),
                     (std::optional<CustomerPreferences>, preferences));
};

struct ChangeCustomerProfile {
  EVENTSTORE_COMMAND(ChangeCustomerProfile, "change_profile",
                     (std::optional<std::string>, name, , eventstore::personal),
                     (std::optional<std::string>, phone, , eventstore::personal),
                     (std::optional<std::string>, email, , eventstore::personal),
                     (std::optional<std::string>, address, , eventstore::personal));
};

struct ChangeCustomerPreferences {
  EVENTSTORE_COMMAND(ChangeCustomerPreferences, "change_preferences",
                     (CustomerPreferences, preferences, , eventstore::flattened));
};

struct EraseCustomer {
  EVENTSTORE_COMMAND(EraseCustomer, "erase");
};

}  // namespace domain
