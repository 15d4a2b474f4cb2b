#pragma once
// Runs projections over the log: catches up, follows, rebuilds, and gives the position of each.
#include <chrono>
#include <eventstore/aggregate/aggregate_types.hpp>
#include <eventstore/core/function_ref.hpp>
#include <eventstore/log/event_log.hpp>
#include <eventstore/os/clock.hpp>
#include <eventstore/projection/compare.hpp>
#include <eventstore/projection/detail/backoff.hpp>
#include <eventstore/projection/detail/rate_window.hpp>
#include <eventstore/projection/detail/state_cache.hpp>
#include <eventstore/projection/expiry.hpp>
#include <eventstore/projection/projection_type.hpp>
#include <eventstore/projection/retry.hpp>
#include <eventstore/projection/status.hpp>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
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
  /// Documents of a collection at which a batch ends while the worker follows: a new event is seen soon.
  std::size_t live_batch_documents = 10;
  RetryOptions retry{};  ///< of faults that pass
  /// Events of a collection that may be set aside before its projection stops at the next one: so many have a common
  /// cause. Those that were dropped do not count.
  std::uint64_t set_aside_max = 1000;
  const Clock* clock = nullptr;  ///< null: the system's; otherwise it outlives the worker
  ExpiryOptions expiry{};        ///< nothing expires by itself
};

struct RunReport {
  std::uint64_t events = 0;  ///< passed, whether or not a projection wanted them
  Position position{};       ///< that all other projections of the run have reached
  bool stopped = false;      ///< by the stop token, within a batch or an index; the finished ones are committed
  /// Projections that are not at `position`: stale, foreign, held, failed or waiting.
  std::vector<ProjectionStatus> left;
  /// Events of streams whose first events retention dropped without keeping the state: no projection of their aggregate
  /// got them, and those of everything got them without state.
  std::uint64_t without_state = 0;
  /// Of a worker that follows: documents that were too old, which it has removed since the report before.
  std::uint64_t expired = 0;
  /// And collections where that was of no use, with the reason; they are tried again.
  std::vector<std::pair<std::string, Error>> not_expired{};
  std::uint64_t set_aside = 0;  ///< events, counted for each projection that goes on without them
};

struct FollowOptions {
  /// Called after each run, from the thread that runs; where it gives false, the following ends.
  std::function<bool(const RunReport&)> on_run{};
  /// The worker looks at the log, at its projections that wait and at the stop token at least this often.
  std::chrono::milliseconds patience{500};
};

struct RebuildOptions {
  /// Begins after the events that retention dropped, without the documents that were made of them.
  bool without_dropped = false;
  bool compare_only = false;     ///< ends before the switch; what was built stays, and the next rebuild goes on with it
  bool expect_same = false;      ///< ends like that where a document differs from the live collection's
  std::size_t examples_max = 3;  ///< of each kind of difference
  bool discard = false;  ///< with compare_only: what was built is dropped after the comparison, and what an earlier
                         ///< rebuild replaced is kept
};

/// `events` and `position` are those of the collection that was built; `without_state` and `set_aside` are those of all
/// that were rebuilt together.
struct RebuildReport : RunReport {
  bool switched = false;  ///< the rebuilt collection is the live one now
  /// With the collection that was live; absent where there was none, or the rebuild was stopped before.
  std::optional<Comparison> comparison{};
  std::optional<Error> error{};  ///< which ended this rebuild, among several
};

/// Threads: one at a time. Lifetime: shares the aggregates; the log and the collections outlive the worker, and
/// projections outlive the call to which they are passed.
class ProjectionWorker {
 public:
  ProjectionWorker(const EventLog& log, AggregateTypes aggregates, Collections& collections,
                   WorkerOptions options = {});

  /// Brings `projections` to the head of the log. Projections at one position move together, so each event is read, and
  /// its states are replayed, once. A collection that does not exist is made; its indexes are made when it has caught
  /// up. A projection that does not pass over an event of a type that this build does not know stays before it. Where
  /// retention dropped events that a collection has not read, the collection is built again from the documents that
  /// keep_dropped() made or, without them, goes on after those events; its status says so.
  ///
  /// The trouble of one projection stops no other. It is `failed` where its code or an aggregate's `evolve` gives an
  /// error, where the events it reads, its checkpoint or its documents cannot be read or written: the events before
  /// were committed, the report has the error, and the next run tries again. A projection that says so in
  /// ProjectionType::on_failure goes on without the event instead: what is known of it is committed in the same batch
  /// (Collections::set_aside). Where an evolve() gives the error, later events of the stream follow the first one,
  /// because the state is not known. It is `waiting` where the place of the
  /// documents is busy, full or out of reach and the retries were of no use. A note beside the collection tells
  /// others, who ask for its status.
  ///
  /// Errors, after which the finished batches are committed and the next call goes on: as check_categories and
  /// check_projections; the log's; read_only, where the collections cannot be written at all; out_of_memory, and
  /// user_exception for what `on_progress` throws.
  Result<RunReport> run(const std::vector<const ProjectionType*>& projections, std::stop_token stop = {});

  /// Runs, waits until the log has more, and runs again, until `stop` is requested or `on_run` ends it. New events are
  /// in the collections a few milliseconds after their append; a worker that fell behind catches up in large batches. A
  /// projection that failed or is held is not tried again, unless another worker has moved its collection; one that
  /// waits is tried again after a delay that doubles up to a minute. Between the runs, documents that are too old by
  /// WorkerOptions::expiry are removed, as by expire, a transaction at a time. The answer is the last run's. Errors: as
  /// run.
  Result<RunReport> follow(const std::vector<const ProjectionType*>& projections, std::stop_token stop,
                           const FollowOptions& options = {});

  /// Builds the collection again while readers use the live one, makes its indexes one by one, compares it with the
  /// live one, and puts it in its place in one transaction, which only changes names. A live collection that this code
  /// made is brought to the same position before it is compared, so that what differs is no matter of time; the
  /// positions of both are in the comparison. The one that was live is kept until the next rebuild begins: see
  /// roll_back(). A rebuild that was stopped before is continued, unless the projection has changed since. Where
  /// retention dropped events, it begins with the documents that keep_dropped() made of them. Errors: as run; as
  /// check_readable, before anything is done; out_of_space, before anything is done, where the disk lacks the room for
  /// another collection of that size; the error with which the projection would be held, failed or waiting: the live
  /// collection is not changed; expired, where the live collection has documents of dropped events that a rebuild
  /// would lose; unreadable_schema, where the projection's documents have changed so that those of dropped events
  /// cannot be carried over.
  Result<RebuildReport> rebuild(const ProjectionType& projection, std::stop_token stop = {},
                                RebuildOptions options = {});

  using OnRebuilt = FunctionRef<Result<void>(const ProjectionType&, const RebuildReport&)>;

  /// Rebuilds several as rebuild does one, but reads the log, and replays the states, once for all of them: they move
  /// together as the projections of a run do, and what a stop left behind first. Then their indexes are made, and one
  /// after the other is compared and takes its place; `on_rebuilt` gets the report of each when it is done, in the
  /// order of `projections`. An error of one, as rebuild gives it, stands in its report and holds up no other. After a
  /// stop the reports of those that are not done say so. The room on the disk is asked for the sum. Errors, which end
  /// all: as check_categories and check_projections; out_of_space, before anything is done; the log's; read_only;
  /// out_of_memory; user_exception for what `on_progress` throws; those of `on_rebuilt`. Cost: memory as run; the disk
  /// has all that is built at once.
  Result<void> rebuild(const std::vector<const ProjectionType*>& projections, OnRebuilt on_rebuilt,
                       std::stop_token stop = {}, const RebuildOptions& options = {});

  /// Puts the collection back that the last rebuild replaced, with its checkpoint, and keeps the present one in its
  /// place: another call undoes this one. One transaction. Where other code made the collection, it is stale, and stays
  /// where it is until it is rebuilt. Errors: not_found, where none is kept; as Collections::roll_back.
  Result<void> roll_back(const ProjectionType& projection);

  /// Called before retention drops the events up to `last`: makes, of each of these collections that exists, the
  /// documents as they are after `last`, in a collection of their own beside it, and returns when they are on the disk.
  /// A later call goes on from there. Errors: as rebuild, where one of them would be failed, waiting or held before
  /// `last`; stopped.
  Result<void> keep_dropped(const std::vector<const ProjectionType*>& projections, Position last,
                            std::stop_token stop = {});

  /// Removes the documents that are too old by WorkerOptions::expiry from those collections of `projections` that are
  /// live, in small transactions; gives their number. A collection remembers up to which moment: a rebuild does not
  /// bring them back, and documents that late events make before it go at the next expiry. Whoever reads meanwhile
  /// sees some of them. After an error or a stop the next call goes on. Errors: invalid_argument, as check_projections
  /// and CollectionShape::keep_since_column; those of the collections, if retries were of no use; stopped. The trouble
  /// of one collection holds up no other; the first one is told at the end.
  Result<std::uint64_t> expire(const std::vector<const ProjectionType*>& projections, std::stop_token stop = {});

  /// What there is to know of a projection's collection. A checkpoint that cannot be read, or trouble that a worker has
  /// noted, makes it `failed` or `waiting`. Errors: those of the log's head; corrupt_record, where the collections are
  /// damaged as a whole; out_of_memory.
  Result<ProjectionStatus> status(const ProjectionType& projection);

 private:
  struct Lane;
  struct Progress;
  class LaneGroup;
  class RebuildGroup;
  struct Unreadable;
  struct Fault;
  struct NextLanes {
    std::vector<Lane*> lanes;
    Position last;
  };
  using Projections = std::vector<const ProjectionType*>;

  template <class Call> auto guarded(Call call) -> decltype(call());

  // The states of projections: status.cpp.
  Result<ProjectionStatus> look(const ProjectionType& projection);
  Result<void> look_ahead(const ProjectionType& projection, ProjectionStatus& status) const;
  Result<void> tell_trouble(const ProjectionType& projection, ProjectionStatus& status);
  Result<void> describe(const ProjectionType& projection, const Checkpoint& checkpoint, ProjectionStatus& status);

  // A run: catch_up.cpp.
  Result<RunReport> catch_up(const Projections& projections, std::stop_token stop);
  [[nodiscard]] std::size_t documents_of_live_batch(const std::vector<Lane>& lanes, Position head) const;
  [[nodiscard]] std::vector<Unreadable> unreadable_aggregates(const Projections& projections) const;
  Result<void> join(const ProjectionType& projection, std::vector<Lane>& lanes, Progress& progress,
                    const std::stop_token& stop);
  Result<std::optional<Lane>> enter(const ProjectionType& projection, Progress& progress, const std::stop_token& stop);
  Result<Lane> open_lane(const ProjectionType& projection, std::string name);
  Result<void> finish(Lane& lane, Progress& progress, const std::stop_token& stop);
  void leave(const ProjectionType& projection, ProjectionStatus::Health health, const Error& error, Position position,
             Progress& progress, std::uint64_t retries = 0);

  [[nodiscard]] std::optional<Pace> pace_at(std::string_view name, Position position);
  [[nodiscard]] Timestamp now() const { return (options_.clock == nullptr ? own_clock_ : *options_.clock).now(); }

  // Run after run: follow.cpp.
  Result<RunReport> follow_log(const Projections& projections, const std::stop_token& stop,
                               const FollowOptions& options);

  // Documents that are too old: expiry.cpp.
  class BackgroundExpiry;
  struct Expiring {
    const CollectionShape* shape;
    Timestamp moment;
  };
  Result<std::vector<Expiring>> expiring(const Projections& projections) const;
  Result<std::uint64_t> expire_all(const Projections& projections, const std::stop_token& stop);
  Result<bool> expire_some(const Expiring& each, std::uint64_t& removed);
  Result<void> expire_rebuilt(const ProjectionType& projection, const std::string& name, Progress& progress,
                              const std::stop_token& stop);

  // A rebuild, and documents of dropped events: rebuild.cpp, dropped.cpp.
  [[nodiscard]] Result<void> check_readable(const Projections& projections) const;
  Result<RebuildReport> build_again(const ProjectionType& projection, std::stop_token stop,
                                    const RebuildOptions& options);
  Result<std::optional<Checkpoint>> live_checkpoint(const ProjectionType& projection);
  Result<void> build_dropped(const Projections& projections, Position last, std::stop_token stop);
  Result<std::optional<Checkpoint>> dropped_documents(const ProjectionType& projection);
  Result<void> begin_with_dropped(const ProjectionType& projection, RebuildOptions options);
  Result<std::optional<RunReport>> build_with_dropped(const ProjectionType& projection, Position from,
                                                      std::stop_token stop);
  Result<void> open_dropped(const ProjectionType& projection, std::vector<Lane>& lanes);
  Result<void> skip_dropped(Lane& lane);
  [[nodiscard]] Checkpoint without_known(Checkpoint checkpoint) const;

  // Stops and indexes: supervision.cpp.
  void tell(const Progress& progress, double part) const;
  Result<void> supervised(const std::stop_token& stop, const std::function<void(double)>& on_indexes,
                          FunctionRef<Result<void>()> work);
  Result<void> make_indexes(Progress& progress, std::size_t collections, const std::stop_token& stop,
                            FunctionRef<Result<void>(std::size_t)> make);

  // The way through the log, and faults on it: advance.cpp, faults.cpp.
  Result<void> advance(std::vector<Lane>& lanes, Position to, Progress& progress, std::stop_token stop);
  static NextLanes hindmost(const std::vector<Lane*>& moving, Position head);
  Result<void> bear(const std::vector<Lane*>& group, const std::vector<Lane*>& moving, const Fault& fault,
                    Progress& progress, const std::stop_token& stop);
  static void wait_for_collections(Lane& lane, const std::vector<Lane*>& moving, const Error& error,
                                   Progress& progress);
  static Error at_next(const Lane& lane, Error error);
  Result<bool> catch_moved(Lane& lane);
  bool wait_for_retry(Progress& progress, const std::stop_token& stop);
  Result<void> with_retries(Progress& progress, const std::stop_token& stop, FunctionRef<Result<void>()> work);

  const EventLog& log_;
  const AggregateTypes aggregates_;
  Collections& collections_;
  WorkerOptions options_;
  Backoff backoff_;
  SystemClock own_clock_;
  SchemaReader schemas_;
  StateCache states_;  // kept from run to run: a worker that follows does not replay for every new event
  std::map<std::string, RateWindow, std::less<>> rates_{};  // of each collection that it has moved
  bool is_following_ = false;
  std::vector<ProjectionStatus> resting_;  // while it follows: those that failed or are held
};

}  // namespace v1
}  // namespace eventstore
