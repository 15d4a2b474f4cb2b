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

inline std::string rebuild_name(const ProjectionType& projection) { return projection.name() + "__rebuild"; }

}  // namespace v1
}  // namespace eventstore
