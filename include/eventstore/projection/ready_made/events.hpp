#pragma once
// The collection `events`: every event of the log as a document, for SQL over the stream itself.
#include <eventstore/projection/projection_type.hpp>
#include <eventstore/schema/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// The projection of `es::events()`. Its documents have the members of an event line, and `position`; the key of a
/// document is event_key(stream, id). Derive from it to give the collection another name or `keep_days`, and register
/// the derived struct with `es::projection<…>()`.
struct EventLines {
  static constexpr auto name = "events";
  static constexpr int keep_days = 365;
  struct Document {
    EVENTSTORE_FIELDS(Document, (std::string, event_type), (Json, event_data), (std::string, aggregate_id),
                      (std::string, aggregate_type), (Timestamp, created_at), (std::int64_t, version), (Json, metadata),
                      (Uuid, event_id), (std::int64_t, position));
  };
  using reads = Everything;
  static constexpr auto keyed_by = KeyedBy::stream;
  /// By event_type, by created_at, and by aggregate_type with aggregate_id.
  static std::vector<Index> indexes();
  static void project(const AnyChange& change, Operations<Document>& to);
  /// The hash of the library's code of this projection: es::projection() counts it.
  static std::string_view library_hash();
};

/// The collection `events`, for a program's list of projections. Cost: one document an event.
[[nodiscard]] ProjectionType events();

}  // namespace v1
}  // namespace eventstore
