#pragma once
// Runs projections over the log: catches up, follows, rebuilds, and gives the position of each.
#include <eventstore/aggregate/aggregate_types.hpp>
#include <eventstore/core/function_ref.hpp>
#include <eventstore/log/event_log.hpp>
#include <eventstore/projection/detail/state_cache.hpp>
#include <eventstore/projection/projection_type.hpp>
#include <eventstore/projection/status.hpp>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// How far a run is.
struct RunProgress {
  std::uint64_t events_done = 0;
  std::uint64_t events_total = 0;
  double part = 0;  ///< of all work, the making of indexes included: 0 to 1
};

struct WorkerOptions {
  std::size_t batch_events = 8192;  ///< events whose operations commit together
  /// Called after each batch, and now and then while indexes are made, from the thread that runs.
  std::function<void(const RunProgress&)> on_progress{};
  /// About the bytes of a batch's documents, at which it ends before it has so many events. Two batches are in memory.
  std::size_t batch_bytes = std::size_t{32} << 20U;
};

struct RunReport {
  std::uint64_t events = 0;  ///< passed, whether or not a projection wanted them
  Position position{};       ///< that all other projections of the run have reached
  bool stopped = false;      ///< by the stop token, within a batch or an index; the finished ones are committed
  std::vector<ProjectionStatus> left;  ///< projections that are not at `position`: stale, foreign or held
  /// Events of streams whose first events retention dropped without keeping the state: no projection of their aggregate
  /// got them, and those of everything got them without state.
  std::uint64_t without_state = 0;
};

struct RebuildOptions {
  /// Begins after the events that retention dropped, without the documents that were made of them.
  bool without_dropped = false;
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
  /// the others go on. Where retention dropped events that a collection has not read, the collection is built again
  /// from the documents that keep_dropped() made or, without them, goes on after those events; its status says so.
  /// Errors: as check_categories, check_projections, and check_readable for the aggregates that are read, before
  /// anything is done; as ProjectionType::project, with the event's position, after the events before it were
  /// committed; as Collections::commit; out_of_memory, and user_exception for what `on_progress` throws: the finished
  /// batches are committed, and the next call goes on.
  Result<RunReport> run(const std::vector<const ProjectionType*>& projections, std::stop_token stop = {});

  /// Builds the collection again while readers use the live one, and puts it in the place of the live one in one
  /// transaction. A rebuild that was stopped before is continued, unless the projection has changed since. Where
  /// retention dropped events, it begins with the documents that keep_dropped() made of them. Errors: as run;
  /// unknown_event_type, where the projection would be held: the live collection is not changed; expired, where the
  /// live collection has documents of dropped events that a rebuild would lose; unreadable_schema, where the
  /// projection's documents have changed so that those of dropped events cannot be carried over.
  Result<RunReport> rebuild(const ProjectionType& projection, std::stop_token stop = {}, RebuildOptions options = {});

  /// Called before retention drops the events up to `last`: makes, of each of these collections that exists, the
  /// documents as they are after `last`, in a collection of their own beside it, and returns when they are on the disk.
  /// A later call goes on from there. Errors: as run; unreadable_schema as rebuild; unknown_event_type, where one of
  /// them would be held before `last`; stopped.
  Result<void> keep_dropped(const std::vector<const ProjectionType*>& projections, Position last,
                            std::stop_token stop = {});

  Result<ProjectionStatus> status(const ProjectionType& projection);

 private:
  struct Lane;
  struct Progress;
  class LaneGroup;

  template <class Call> auto guarded(Call call) -> decltype(call());
  Result<ProjectionStatus> look(const ProjectionType& projection);
  Result<void> look_ahead(const ProjectionType& projection, ProjectionStatus& status) const;
  Result<RunReport> catch_up(const std::vector<const ProjectionType*>& projections, std::stop_token stop);
  Result<RunReport> build_again(const ProjectionType& projection, std::stop_token stop, RebuildOptions options);
  Result<void> build_dropped(const std::vector<const ProjectionType*>& projections, Position last,
                             std::stop_token stop);
  Result<std::optional<Checkpoint>> dropped_documents(const ProjectionType& projection);
  Result<void> begin_with_dropped(const ProjectionType& projection, RebuildOptions options);
  Result<std::optional<RunReport>> build_with_dropped(const ProjectionType& projection, Position from,
                                                      std::stop_token stop);
  Result<void> open_dropped(const ProjectionType& projection, std::vector<Lane>& lanes);
  Result<void> skip_dropped(Lane& lane);
  [[nodiscard]] Checkpoint without_known(Checkpoint checkpoint) const;
  Result<void> describe(const ProjectionType& projection, const Checkpoint& checkpoint, ProjectionStatus& status);
  [[nodiscard]] Result<void> check_readable(const std::vector<const ProjectionType*>& projections) const;
  Result<Lane> open_lane(const ProjectionType& projection, std::string name);
  void tell(const Progress& progress, double part) const;
  Result<void> supervised(const std::stop_token& stop, const std::function<void(double)>& on_indexes,
                          FunctionRef<Result<void>()> work);
  Result<void> make_indexes(Progress& progress, std::size_t collections, const std::stop_token& stop,
                            FunctionRef<Result<void>(std::size_t)> make);
  Result<void> advance(std::vector<Lane>& lanes, Position to, Progress& progress, std::stop_token stop);

  const EventLog& log_;
  const AggregateTypes aggregates_;
  Collections& collections_;
  WorkerOptions options_;
  SchemaReader schemas_;
  StateCache states_;  // kept from run to run: a worker that follows does not replay for every new event
};

}  // namespace v1
}  // namespace eventstore
