#pragma once
// The size of a collection, and the times of its documents.
#include <cstdint>
#include <eventstore/app/function.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/schema/fields.hpp>
#include <optional>
#include <string>

namespace domain {

struct CollectionStatsOf {
  EVENTSTORE_FIELDS(CollectionStatsOf, (std::string, name));
};

/// Of the documents of one organization. A page of the file has documents of several organizations, so `bytes` and
/// `index_bytes` are its share of what the whole collection takes, by the number of documents: exact, where it is the
/// only one. `oldest` and `newest` are times by created_at, else timestamp, else createdAt; absent where no document
/// has one.
struct CollectionStats {
  EVENTSTORE_FIELDS(CollectionStats, (std::int64_t, documents), (std::int64_t, bytes), (std::int64_t, index_bytes),
                    (std::optional<eventstore::Timestamp>, oldest), (std::optional<eventstore::Timestamp>, newest));
};

/// Errors: not_found, naming the collections; as live_collections and Collections::size.
eventstore::Result<CollectionStats> collection_stats(const eventstore::AskContext& context,
                                                     const CollectionStatsOf& parameters);

}  // namespace domain
