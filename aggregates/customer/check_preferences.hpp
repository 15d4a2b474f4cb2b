#pragma once
// What preferences must look like.
#include <aggregates/customer/preferences.hpp>
#include <eventstore/aggregate/decision.hpp>

#include <optional>

namespace domain {

/// Refuses a time that is not like 09:00-12:00, from 00:00 to 24:00 and with its end after its beginning; a day that is
/// named twice; a language that is not like en or pt-BR; and a time zone that has not the form of an IANA name, like
/// Europe/Lisbon or UTC. Whether there is such a zone, the machine's own list would tell, and another machine has
/// another list.
std::optional<eventstore::Refusal> check_preferences(const CustomerPreferences& preferences);

}  // namespace domain
