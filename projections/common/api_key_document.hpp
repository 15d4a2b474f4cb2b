#pragma once
// The document of an API key: its first characters and never its hash.
#include <aggregates/api_key/state.hpp>
#include <projections/common/shown_documents.hpp>

namespace domain {

struct ApiKeyDocument {
  EVENTSTORE_FIELDS(ApiKeyDocument, (std::string, aggregate_id), (std::string, key_prefix), (std::string, name),
                    (std::optional<std::string>, description), (KeyEnvironment, environment),
                    (Permissions, permissions), (RateLimit, rate_limit), (bool, is_active),
                    (std::optional<std::string>, created_by), (std::optional<eventstore::Timestamp>, last_used_at),
                    (std::int64_t, usage_count), (std::int64_t, version), (eventstore::Timestamp, createdAt),
                    (eventstore::Timestamp, updatedAt));
};

/// What comes before the issue takes effect, and has no document.
inline bool is_shown(const ApiKeyState& state) { return state.issued; }

inline ApiKeyDocument document_of(const ApiKeyState& state, DocumentPlace place) {
  return {std::move(place.aggregate_id),
          state.key_prefix,
          state.name,
          state.description,
          state.environment,
          state.permissions,
          state.rate_limit,
          state.is_active,
          state.created_by,
          state.last_used_at,
          state.usage_count,
          place.version,
          place.created_at,
          place.updated_at};
}

}  // namespace domain
