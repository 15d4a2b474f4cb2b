#pragma once
// Which document of `analytics` a measurement goes to.
#include <eventstore/aggregate/measurements.hpp>
#include <eventstore/core/timestamp.hpp>
#include <string>
#include <string_view>

namespace domain {

/// One document an organization, metric, hour (UTC), tags and metadata.
std::string analytics_key(std::string_view organization, const eventstore::Measurement& measurement,
                          eventstore::Timestamp created_at);

}  // namespace domain
