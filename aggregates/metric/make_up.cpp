// Made-up measurements of a few types. Their streams have no end.
#include <aggregates/metric/metric.hpp>
#include <eventstore/aggregate/random.hpp>

namespace domain {
namespace {

using eventstore::Random;

struct Measured {
  std::string_view type;
  std::string_view unit;
  std::int64_t most;
};

constexpr Measured measured[]{{"api_response_time", "ms", 900}, {"call_success_rate", "percentage", 100}};

// The type stands before the `@` of the stream's key.
const Measured& measured_by(std::string_view key) {
  return key.starts_with(measured[0].type) ? measured[0] : measured[1];
}

}  // namespace

// A metric of this name may be in every organization, and a stream is one organization's.
std::optional<std::string> Metric::make_up_key(Random& random) {
  return std::string{measured[random.below(std::size(measured))].type} + '@' + random.organization();
}

eventstore::Decision<Metric::events> Metric::make_up(Random& random) {
  const auto& what = measured_by(random.key());
  MetricRecorded event{};
  event.metric_type = what.type;
  event.value = static_cast<double>(random.between(1, what.most));
  event.unit = what.unit;
  if (random.chance(30)) event.tags = eventstore::Json{R"({"route":"/deliveries"})"};
  if (random.chance(20)) event.source = "twilio";
  if (random.chance(20)) event.success = random.chance(90);
  return event;
}

}  // namespace domain
