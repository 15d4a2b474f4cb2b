#pragma once
// A number that somebody measured.
#include <eventstore/schema/fields.hpp>
#include <eventstore/schema/json.hpp>

#include <optional>
#include <string>

namespace domain {

struct MetricRecorded {
  EVENTSTORE_EVENT(MetricRecorded, (std::string, metric_type), (double, value), (std::optional<std::string>, unit),
                   (std::optional<eventstore::Json>, tags), (std::optional<eventstore::Json>, metadata),
                   (std::string, source, "application"), (std::optional<bool>, success));
};

}  // namespace domain
