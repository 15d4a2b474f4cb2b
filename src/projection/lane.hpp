#pragma once
// Private to the projection layer: one projection on its way through the log.
#include <eventstore/projection/worker.hpp>
#include <optional>

namespace eventstore {
inline namespace v1 {

struct ProjectionWorker::Lane {
  const ProjectionType* projection;
  std::string name;  // of the table: the collection's own, or the one that a rebuild fills
  Checkpoint at;
  PendingDocuments pending;
  std::vector<PassedOverType> passed_over{};  // since `at`
  std::optional<Error> held{};                // at the next event, which this build does not know

  // Hands the event to the projection, or passes it over. Errors: as ProjectionType::project; unknown_event_type:
  // `held` then has the error too.
  Result<void> project(const AnyChange& change);
  // What the batch has made, and the checkpoint `to` with it. The next one uses the memory of `written`.
  CollectionBatch take(Checkpoint to, AppendedDocuments written);
  // The batch is made again.
  void forget();
};

struct ProjectionWorker::Progress {
  RunReport report{};
  std::uint64_t done = 0;
  std::uint64_t total = 0;
  double index_share = 0;  // of the work, where indexes are to be made

  // Of all work, with a part of the indexes.
  [[nodiscard]] double part(double indexes) const {
    const double events = total == 0 ? 1 : static_cast<double>(done) / static_cast<double>(total);
    return events * (1 - index_share) + indexes * index_share;
  }
};

// Why the collection stays before `event`, and what to do.
std::string held_by(const RecordedEvent& event);

/// Whether one of `aggregates` has the type now.
bool is_known(const PassedOverType& type, std::span<const AggregateType> aggregates);

/// The collection of the documents that dropped events made.
inline std::string dropped_name(const ProjectionType& projection) { return projection.name() + "__dropped"; }

inline std::string rebuild_name(const ProjectionType& projection) { return projection.name() + "__rebuild"; }

/// What differs between the fingerprints of a collection and of its projection, in words; empty: nothing that its
/// documents could show. An aggregate that is new to the program counts only if the collection passed events of it.
std::string differing_parts(const EventLog& log, const Checkpoint& made, const ProjectionType& projection,
                            std::span<const AggregateType> aggregates);

}  // namespace v1
}  // namespace eventstore
