#pragma once
// What is known about a customer after its events.
#include <aggregates/customer/events.hpp>
#include <eventstore/core/timestamp.hpp>

namespace domain {

struct CustomerState {
  // erased_at is here because nothing may follow an erasure; the rest is then as if nothing had ever been known.
  EVENTSTORE_FIELDS(CustomerState, (std::string, name, , eventstore::personal),
                    (std::string, phone, , eventstore::personal),
                    (std::optional<std::string>, email, , eventstore::personal),
                    (std::optional<std::string>, address, , eventstore::personal), (CustomerPreferences, preferences),
                    (std::optional<eventstore::Timestamp>, erased_at));
};

}  // namespace domain
