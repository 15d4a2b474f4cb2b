#pragma once
// Private to the projection layer: one projection on its way through the log.
#include <algorithm>
#include <eventstore/projection/worker.hpp>
#include <limits>
#include <optional>

namespace eventstore {
inline namespace v1 {

struct ProjectionWorker::Lane {
  const ProjectionType* projection;
  std::string name;  // of the table: the collection's own, or the one that a rebuild fills
  Checkpoint at;
  PendingDocuments pending;
  Checkpoint durable{};                                              // before the batch that is being written
  std::vector<PassedOverType> passed_over{};                         // since `at`
  std::vector<SetAsideEvent> set_aside{};                            // since `at`
  std::optional<Error> stays{};                                      // why it goes no further in this run
  ProjectionStatus::Health health = ProjectionStatus::Health::live;  // if it stays
  std::uint64_t retries = 0;                                         // if it is waiting: those that were of no use
  Position alone_before{};    // up to there a batch of several projections was not written: it moves by itself
  Position careful_before{};  // and up to there a batch of its own: event by event
  bool has_note = false;      // trouble was noted of its collection

  void stay(ProjectionStatus::Health why, Error error) {
    health = why;
    stays = std::move(error);
  }
  // Hands the event to the projection, or passes it over. Errors: as ProjectionType::project; unknown_event_type: it
  // stays before the event.
  Result<void> project(const AnyChange& change);
  // Goes on without the event, at which the projection gave `error`; nothing of the event is pending. False: it stays
  // before the event, because it is to stop, or has set `most` events aside.
  bool bear(const RecordedEvent& event, Error error, Timestamp now, std::uint64_t most);
  // What the batch has made, and the checkpoint `to` with it. The next one uses the memory of `written`. The batch
  // before was written.
  CollectionBatch take(Checkpoint to, AppendedDocuments written);
  // The batch is made again.
  void forget();
  // The batch that was taken last was not written, and the one after it is not either.
  void go_back();
};

struct ProjectionWorker::Progress {
  RunReport report{};
  std::uint64_t done = 0;
  std::uint64_t total = 0;
  double index_share = 0;    // of the work, where indexes are to be made
  double index_part = 0;     // of them, that is made
  std::size_t faults = 0;    // of the collections, since they last did what they were told
  std::size_t given_up = 0;  // projections that wait for them, since then
  bool has_lost_notes = false;
  // At which a batch of documents of one collection ends.
  std::size_t documents_max = std::numeric_limits<std::size_t>::max();

  void forget_faults() { faults = given_up = 0; }

  // Of all work, with a part of the indexes.
  [[nodiscard]] double part(double indexes) const {
    const double events = total == 0 ? 1 : static_cast<double>(done) / static_cast<double>(total);
    return std::min(events, 1.0) * (1 - index_share) + indexes * index_share;
  }
};

// Of the work of a run that builds collections, for those who wait: about what it is for a million events.
constexpr double share_of_indexes = 0.3;

/// Whether an error passes by itself: the place of the documents is busy, full or out of reach.
constexpr bool passes(Errc code) {
  return code == Errc::locked || code == Errc::out_of_space || code == Errc::io_failed;
}

/// Whether nothing can go on after an error, whichever projection met it.
constexpr bool ends_run(Errc code) {
  return code == Errc::out_of_memory || code == Errc::read_only || code == Errc::stopped;
}

/// Whether an error belongs to the event at which it was given: another event may go well.
constexpr bool belongs_to_event(Errc code) {
  return code == Errc::user_exception || code == Errc::corrupt_record || code == Errc::unreadable_schema;
}

/// Whether the projection goes on without an event at which it gave such an error.
inline bool sets_aside(const ProjectionType& projection, Errc code) {
  return projection.on_failure != OnFailure::stop && belongs_to_event(code);
}

/// A category that a projection reads and that has events which this build cannot read.
struct ProjectionWorker::Unreadable {
  const AggregateType* aggregate;
  Error error;
};

/// A batch that was to lead to `end` and was not written.
struct ProjectionWorker::Fault {
  Error error;
  Position end;
};

/// Makes of `status` that of a projection that stays: `health` is held, failed or waiting.
void tell_stay(ProjectionStatus& status, ProjectionStatus::Health health, const Error& error, std::uint64_t retries);

/// Why the collection stays before `event`, and what to do.
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
