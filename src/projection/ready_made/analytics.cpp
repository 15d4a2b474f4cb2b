#include <eventstore/projection/ready_made/analytics.hpp>
#include <source_hash/ready_made_analytics.hpp>

namespace eventstore {
inline namespace v1 {

std::vector<Index> Analytics::indexes() { return {index_on({"metric_type", "date"}), index_on({"date"})}; }

void Analytics::project(const AnyChange& change, Operations<Document>& to) {
  const auto& event = change.event();
  for (const auto& measurement : change.measurements()) {
    const Document document{.metric_type = measurement.metric_type,
                            .value = measurement.value,
                            .count = measurement.count,
                            .tags = {measurement.tags},
                            .metadata = {measurement.metadata},
                            .date = event.created_at.date(),
                            .hour = event.created_at.hour(),
                            .timestamp = event.created_at.start_of_hour()};
    to.increment<&Document::value, &Document::count>(key(event.organization, measurement, event.created_at), document);
  }
}

std::string Analytics::key(std::string_view organization, const Measurement& measurement, Timestamp created_at) {
  const auto hour =
      created_at.start_of_hour().to_string().substr(0, 19) + "Z";  // the ids of documents rest on this form
  return std::string{organization} + '\n' + measurement.metric_type + '\n' + hour + '\n' + measurement.tags + '\n' +
         measurement.metadata;
}

std::string_view Analytics::library_hash() { return source_hash::ready_made_analytics; }

ProjectionType analytics() { return projection<Analytics>(); }

}  // namespace v1
}  // namespace eventstore
