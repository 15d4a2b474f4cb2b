#pragma once
// Runs projections over the log: catches up, follows, rebuilds, and gives the position of each.
#include <eventstore/aggregate/aggregate_types.hpp>
#include <eventstore/log/event_log.hpp>
#include <eventstore/projection/detail/state_cache.hpp>
#include <eventstore/projection/projection_type.hpp>
#include <eventstore/projection/status.hpp>
#include <functional>
#include <stop_token>
#include <vector>

namespace eventstore {
inline namespace v1 {

struct WorkerOptions {
  std::size_t batch_events = 8192;  ///< events whose operations commit together
  /// Called after each batch: events done and events to do in all.
  std::function<void(std::uint64_t done, std::uint64_t total)> on_progress{};
};

struct RunReport {
  std::uint64_t events = 0;            ///< passed, whether or not a projection wanted them
  Position position{};                 ///< that all other projections of the run have reached
  bool stopped = false;                ///< by the stop token; the finished batches are committed
  std::vector<ProjectionStatus> left;  ///< projections that are not at `position`: stale, foreign or held
};

/// Threads: one at a time. Lifetime: shares the aggregates; the log and the collections outlive the worker, and
/// projections outlive the call to which they are passed.
class ProjectionWorker {
 public:
  ProjectionWorker(const EventLog& log, AggregateTypes aggregates, Collections& collections,
                   WorkerOptions options = {});

  /// Brings `projections` to the head of the log. Projections at one position move together, so each event is read, and
  /// its states are replayed, once. A collection that does not exist is made; its indexes are made when it has caught
  /// up. A projection that does not pass over an event of a type that this build does not know stays before it, and
  /// the others go on. Errors: as check_categories, check_projections, and check_readable for the aggregates that are
  /// read, before anything is done; as ProjectionType::project, with the event's position, after the events before it
  /// were committed; expired, where retention dropped events that a projection has not read; as Collections::commit;
  /// out_of_memory, and user_exception for what `on_progress` throws: the finished batches are committed, and the next
  /// call goes on.
  Result<RunReport> run(const std::vector<const ProjectionType*>& projections, std::stop_token stop = {});

  /// Builds the collection again while readers use the live one, and puts it in the place of the live one in one
  /// transaction. A rebuild that was stopped before is continued, unless the projection has changed since. Errors: as
  /// run; unknown_event_type, where the projection would be held: the live collection is not changed.
  Result<RunReport> rebuild(const ProjectionType& projection, std::stop_token stop = {});

  Result<ProjectionStatus> status(const ProjectionType& projection);

 private:
  struct Lane;
  struct Progress;

  template <class Call> auto guarded(Call call) -> decltype(call());
  Result<ProjectionStatus> look(const ProjectionType& projection);
  Result<void> look_ahead(const ProjectionType& projection, ProjectionStatus& status) const;
  Result<RunReport> catch_up(const std::vector<const ProjectionType*>& projections, std::stop_token stop);
  Result<RunReport> build_again(const ProjectionType& projection, std::stop_token stop);
  [[nodiscard]] Result<void> check_readable(const std::vector<const ProjectionType*>& projections) const;
  Result<Lane> open_lane(const ProjectionType& projection, std::string name);
  Result<void> advance(std::vector<Lane>& lanes, Progress& progress, std::stop_token stop);
  Result<void> advance_group(const std::vector<Lane*>& group, Position last, Progress& progress, std::stop_token stop);

  const EventLog& log_;
  const AggregateTypes aggregates_;
  Collections& collections_;
  WorkerOptions options_;
  SchemaReader schemas_;
  StateCache states_;  // kept from run to run: a worker that follows does not replay for every new event
};

}  // namespace v1
}  // namespace eventstore
