#pragma once
// The collection `audit_logs`: who did what to what, with the fields that it changed. See aggregate/audit_line.hpp for
// what events and aggregates may say of themselves.
#include <eventstore/projection/projection_type.hpp>
#include <eventstore/schema/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// The projection of `es::audit_logs()`: one document an event, under event_key(stream, id). `position` orders the
/// lines of one moment as they happened. Derive from it to give the collection another name or `keep_days`, and
/// register the derived struct with `es::projection<…>()`.
struct AuditLogs {
  static constexpr auto name = "audit_logs";
  static constexpr int keep_days = 365;
  struct Document {
    EVENTSTORE_FIELDS(Document, (std::string, user_id), (std::string, action), (std::string, resource_type),
                      (std::string, resource_id), (Json, changes), (std::optional<std::string>, ip_address),
                      (std::optional<std::string>, user_agent), (Timestamp, created_at), (std::int64_t, position));
  };
  using reads = Everything;
  static constexpr auto keyed_by = KeyedBy::stream;
  /// By created_at, by user_id and created_at, by action, and by resource_id and created_at.
  static std::vector<Index> indexes();
  static void project(const AnyChange& change, Operations<Document>& to);
  /// The hash of the library's code of this projection: es::projection() counts it.
  static std::string_view library_hash();
};

/// The collection `audit_logs`, for a program's list of projections. Cost: one document an event, and
/// AnyChange::changes for each.
[[nodiscard]] ProjectionType audit_logs();

}  // namespace v1
}  // namespace eventstore
