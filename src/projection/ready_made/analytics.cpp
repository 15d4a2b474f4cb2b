#include <eventstore/projection/ready_made/analytics.hpp>
#include <source_hash/ready_made_analytics.hpp>

namespace eventstore {
inline namespace v1 {

std::vector<Index> Analytics::indexes() { return {index_on({"metric_type", "date"}), index_on({"date"})}; }

void Analytics::project(const AnyChange& change, Operations<Document>& to) {
  const auto& event = change.event();
  for (const auto& measurement : change.measurements()) {
    to.increment<&Document::value, &Document::count>(key(event.organization, measurement, event.created_at),
                                                     {.metric_type = measurement.metric_type,
                                                      .value = measurement.value,
                                                      .count = measurement.count,
                                                      .tags = {measurement.tags},
                                                      .metadata = {measurement.metadata},
                                                      .date = event.created_at.date(),
                                                      .hour = event.created_at.hour(),
                                                      .timestamp = event.created_at.start_of_hour()});
  }
}

std::string Analytics::key(std::string_view organization, const Measurement& measurement, Timestamp created_at) {
  const auto time = created_at.start_of_hour().to_string();
  const auto hour = std::string_view{time}.substr(0, 19);  // the ids of documents rest on this form, with a Z behind it
  std::string made;
  made.reserve(organization.size() + measurement.metric_type.size() + hour.size() + measurement.tags.size() +
               measurement.metadata.size() + 5);
  made.append(organization).append(1, '\n').append(measurement.metric_type).append(1, '\n');
  made.append(hour).append("Z\n").append(measurement.tags).append(1, '\n').append(measurement.metadata);
  return made;
}

std::string_view Analytics::library_hash() { return source_hash::ready_made_analytics; }

ProjectionType analytics() { return projection<Analytics>(); }

}  // namespace v1
}  // namespace eventstore
