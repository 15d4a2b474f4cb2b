#pragma once
// Private to the projection layer: one projection on its way through the log.
#include <eventstore/projection/worker.hpp>

namespace eventstore {
inline namespace v1 {

struct ProjectionWorker::Lane {
  const ProjectionType* projection;
  std::string name;  // of the table: the collection's own, or the one that a rebuild fills
  Checkpoint at;
  PendingDocuments pending;
};

struct ProjectionWorker::Progress {
  RunReport report{};
  std::uint64_t done = 0;
  std::uint64_t total = 0;
};

/// The collection of the documents that dropped events made.
inline std::string dropped_name(const ProjectionType& projection) { return projection.name() + "__dropped"; }

inline std::string rebuild_name(const ProjectionType& projection) { return projection.name() + "__rebuild"; }

/// What differs between the fingerprints of a collection and of its projection, in words; empty: nothing.
std::string differing_parts(const std::string& was, const std::string& is);

}  // namespace v1
}  // namespace eventstore
