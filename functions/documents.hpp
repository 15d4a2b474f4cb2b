#pragma once
// Private to the functions: what they read of the collections' documents.
#include <cstdint>
#include <eventstore/app/function.hpp>
#include <eventstore/schema/fields.hpp>
#include <string>

namespace domain {

/// Of `message_logs`.
struct MessageDocument {
  EVENTSTORE_FIELDS(MessageDocument, (std::string, conversation_id), (std::string, message_id),
                    (std::optional<std::string>, message_content), (eventstore::Timestamp, created_at),
                    (std::int64_t, position));
};

/// Of `audit_logs`.
struct AuditDocument {
  EVENTSTORE_FIELDS(AuditDocument, (std::string, user_id), (std::string, resource_id),
                    (eventstore::Timestamp, created_at), (std::int64_t, position));
};

/// Of `analytics`.
struct MetricDocument {
  EVENTSTORE_FIELDS(MetricDocument, (std::string, metric_type), (double, value), (std::int64_t, count),
                    (std::string, date), (eventstore::Timestamp, timestamp));
};

/// The organization's documents of a collection that may be believed. Errors: as live_collections.
template <class D>
eventstore::Result<eventstore::DocumentsOf<D>> documents_of(const eventstore::AskContext& context,
                                                            const eventstore::ProjectionType& projection) {
  EVENTSTORE_TRY_ASSIGN(auto* const collections, context.live_collections(projection));
  return eventstore::DocumentsOf<D>{*collections, projection.shape, context.organization};
}

}  // namespace domain
