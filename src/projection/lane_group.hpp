#pragma once
// Private to the projection layer: projections at one place, which move on together.
#include "batch_writer.hpp"
#include "event_states.hpp"
#include "lane.hpp"

namespace eventstore {
inline namespace v1 {

/// Each event is read, and its states are replayed, once for all of them; what a batch of events makes of all their
/// documents commits together. Threads: one at a time. Lifetime: borrows the worker, the lanes and the progress.
class ProjectionWorker::LaneGroup {
 public:
  /// `lanes` stand at one place, before `last`.
  LaneGroup(ProjectionWorker& worker, std::vector<Lane*> lanes, Position last, Progress& progress,
            std::stop_token stop);

  /// Brings them to `last`, batch by batch. If the run is stopped, they stand at the last batch that was committed, and
  /// the report says so. Errors: as ProjectionWorker::run; the batches before were committed.
  Result<void> advance();

 private:
  Result<void> advance_batch();
  Result<void> work_out(const Page& page);
  Result<void> project(const RecordedEvent& event);
  void make_again(Position from, Error failed);
  Result<void> commit();
  Result<void> end_early();
  Result<void> wait_or_end();
  void tell_progress();
  [[nodiscard]] bool is_full() const;
  [[nodiscard]] Position place() const { return lanes_.front()->at.position; }
  void count_events();

  ProjectionWorker& worker_;
  std::vector<Lane*> lanes_;
  Progress& progress_;
  std::stop_token stop_;
  EventStates states_;
  BatchWriter writer_;
  Metadata metadata_;
  const Position begin_;
  Position done_;  // of what was worked out
  Position last_;
  std::uint64_t without_state_ = 0;  // of the batch
  std::optional<Error> failed_{};    // at the event after `last_`
};

}  // namespace v1
}  // namespace eventstore
