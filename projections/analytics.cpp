// `analytics`: sums and counts by organization, metric, hour, tags and metadata. What counts is declared by each
// aggregate (`measure`), so a new one contributes without a change here.
#include <projections/analytics_key.hpp>
#include <projections/projections.hpp>
#include <source_hash/analytics.hpp>

namespace domain {
namespace {

namespace es = eventstore;
using std::int64_t, std::string;

struct Analytics {
  static constexpr auto name = "analytics";
  static constexpr int keep_days = 180;
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, metric_type), (double, value), (int64_t, count), (es::Json, tags),
                      (es::Json, metadata), (string, date), (int64_t, hour), (es::Timestamp, timestamp));
  };
  using reads = es::Everything;
  static std::vector<es::Index> indexes() { return {es::index_on({"metric_type", "date"}), es::index_on({"date"})}; }

  static void project(const es::AnyChange& change, es::Operations<Document>& to) {
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
      to.increment<&Document::value, &Document::count>(analytics_key(event.organization, measurement, event.created_at),
                                                       document);
    }
  }
};

}  // namespace

string analytics_key(std::string_view organization, const es::Measurement& measurement, es::Timestamp created_at) {
  const auto hour =
      created_at.start_of_hour().to_string().substr(0, 19) + "Z";  // the ids of documents rest on this form
  return string{organization} + '\n' + measurement.metric_type + '\n' + hour + '\n' + measurement.tags + '\n' +
         measurement.metadata;
}

es::ProjectionType analytics_projection() { return es::projection<Analytics>(source_hash::analytics); }

}  // namespace domain
