#pragma once
// The collection `analytics`: sums and counts of what the aggregates measure. See aggregate/measurements.hpp for how an
// aggregate says what counts.
#include <eventstore/aggregate/measurements.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/projection/projection_type.hpp>
#include <eventstore/schema/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// The projection of `es::analytics()`: one document an organization, metric, hour (UTC), tags and metadata. An
/// aggregate without `measure` adds nothing. Derive from it to give the collection another name or `keep_days`, and
/// register the derived struct with `es::projection<…>()`.
struct Analytics {
  static constexpr auto name = "analytics";
  static constexpr int keep_days = 180;
  struct Document {
    EVENTSTORE_FIELDS(Document, (std::string, metric_type), (double, value), (std::int64_t, count), (Json, tags),
                      (Json, metadata), (std::string, date), (std::int64_t, hour), (Timestamp, timestamp));
  };
  using reads = Everything;
  static constexpr auto keyed_by = KeyedBy::organization;
  /// By metric_type with date, and by date.
  static std::vector<Index> indexes();
  static void project(const AnyChange& change, Operations<Document>& to);
  /// The hash of the library's code of this projection: es::projection() counts it.
  static std::string_view library_hash();

  /// The key of the document to which `measurement` of an event of that time goes: `es::document_id("analytics", key)`
  /// is its `_id`, before any projection has run.
  [[nodiscard]] static std::string key(std::string_view organization, const Measurement& measurement,
                                       Timestamp created_at);
};

/// The collection `analytics`, for a program's list of projections. Cost: one increment a measurement.
[[nodiscard]] ProjectionType analytics();

}  // namespace v1
}  // namespace eventstore
