#pragma once
// The functions of the delivery system: what is near a place, and how well agents deliver.
#include <eventstore/app/function.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace domain {

/// `collection` is one whose documents have a place: `deliveries` or `agents`. Degrees; the radius is in metres.
struct FindNearby {
  EVENTSTORE_FIELDS(FindNearby, (std::string, collection), (double, longitude), (double, latitude),
                    (double, radius_meters), (std::int64_t, limit, 50));
};
/// Of the deliveries that were scheduled for this time: dates as get_call_duration_stats has them.
struct GetAgentSuccessRates {
  EVENTSTORE_FIELDS(GetAgentSuccessRates, (std::optional<std::string>, start_date),
                    (std::optional<std::string>, end_date));
};

/// successRate is in percent, with one decimal.
struct AgentSuccessRate {
  EVENTSTORE_FIELDS(AgentSuccessRate, (std::string, _id), (std::int64_t, total), (std::int64_t, successful),
                    (double, successRate));
};

// Errors of both: as AskContext::live_collections; invalid_argument for what cannot be asked.

/// The organization's documents within the radius, nearest first, each with its `distance` in metres. Errors: also
/// not_found, where there is no such collection.
eventstore::Result<eventstore::PageOf<std::string>> find_nearby(const eventstore::AskContext& context,
                                                                const FindNearby& parameters);

/// Of the completed and the failed deliveries of each agent, in the order of the agents' ids. A delivery that is tried
/// again counts when it ends again.
eventstore::Result<std::vector<AgentSuccessRate>> get_agent_success_rates(const eventstore::AskContext& context,
                                                                          const GetAgentSuccessRates& parameters);

}  // namespace domain
