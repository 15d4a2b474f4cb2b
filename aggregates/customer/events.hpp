#pragma once
// What is known of a customer, and that it is forgotten. All of it is about the customer, so the key of the stream is
// the subject.
#include <aggregates/customer/preferences.hpp>

#include <string_view>

namespace domain {

struct CustomerRegistered {
  EVENTSTORE_EVENT(CustomerRegistered, (std::string, name, , eventstore::personal),
                   (std::string, phone, , eventstore::personal),
                   (std::optional<std::string>, email, , eventstore::personal),
                   (std::optional<std::string>, address, , eventstore::personal),
                   (std::optional<CustomerPreferences>, preferences));
};

struct CustomerProfileChanged {
  EVENTSTORE_EVENT(CustomerProfileChanged, (std::optional<std::string>, name, , eventstore::personal),
                   (std::optional<std::string>, phone, , eventstore::personal),
                   (std::optional<std::string>, email, , eventstore::personal),
                   (std::optional<std::string>, address, , eventstore::personal));
};

/// All preferences: what is left out has its default again.
struct CustomerPreferencesChanged {
  EVENTSTORE_EVENT(CustomerPreferencesChanged, (CustomerPreferences, preferences, , eventstore::flattened));
};

struct CustomerErased {
  static constexpr std::string_view audit_action = "delete";
  EVENTSTORE_EVENT(CustomerErased);
};

}  // namespace domain
