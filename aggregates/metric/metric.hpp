#pragma once
// Recorded numbers, one stream a type of metric: facts that belong to no aggregate, so there is no state.
#include <aggregates/metric/events.hpp>
#include <eventstore/aggregate/decider_of.hpp>
#include <eventstore/aggregate/measurements.hpp>

#include <optional>
#include <string>

namespace domain {

struct Metric : eventstore::CategoryOf<"metric", eventstore::Events<MetricRecorded>> {
  static void measure(const MetricRecorded& event, eventstore::Measurements& to);

  static std::optional<std::string> make_up_key(Random& random);
  static eventstore::Decision<events> make_up(Random& random);
};

}  // namespace domain
