#pragma once
// Private to the projection layer: projections at one place, which move on together.
#include "batch_writer.hpp"
#include "event_states.hpp"
#include "folded_counts.hpp"
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
  /// the report says so. If a batch cannot be written, they stand before it, and fault() tells of it. If a projection
  /// gives an error, all come to the place before the event, where that projection stays or, if it sets the event
  /// aside, begins a batch of its own. Errors: the log's, and those
  /// that end the run; the batches before were committed.
  Result<void> advance();

  [[nodiscard]] const std::optional<Fault>& fault() const { return fault_; }

 private:
  Result<void> advance_batch();
  [[nodiscard]] std::size_t batch_events() const;
  Result<bool> work_out(const Page& page);
  Result<bool> project(const RecordedEvent& event);
  Result<bool> project_all(std::string_view category, const RecordedEvent& event);
  Result<bool> project(Lane& lane, const AnyChange& change);
  bool bear(Lane& lane, const RecordedEvent& event, Error error);
  Result<EventStates::Around> states_around(const RecordedEvent& event);
  void make_again(Position from);
  Result<void> commit();
  bool is_written(const Result<void>& written);
  void end_early();
  void tell_progress();
  [[nodiscard]] bool is_full() const;
  // Whether the batch leads exactly to `last_`, because it was begun so.
  [[nodiscard]] bool is_made_again() const { return lanes_.front()->at.begun.has_value(); }
  [[nodiscard]] bool has_ended() const { return progress_.report.stopped || fault_.has_value(); }
  [[nodiscard]] Position place() const { return lanes_.front()->at.position; }

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
  struct Lost {
    std::uint64_t without_state = 0;
    std::uint64_t set_aside = 0;
  };
  Lost lost_{};          // in the batch
  Lost lost_writing_{};  // in the batch that was handed over
  FoldedCounts folded_;  // in the batch
  bool is_writing_ = false;
  std::optional<Fault> fault_{};
};

}  // namespace v1
}  // namespace eventstore
