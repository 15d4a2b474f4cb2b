#pragma once
// Projections of a store: brings them up to date, and gives the position of each.
#include <eventstore/app/progress.hpp>
#include <eventstore/core/function_ref.hpp>
#include <eventstore/core/result.hpp>
#include <eventstore/projection/worker.hpp>
#include <eventstore/schema/fields.hpp>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {
class Store;
}
}  // namespace eventstore

namespace eventstore::app {

/// How projections are run, and who is told.
struct ProjectionOptions {
  OnProgress on_progress{};  ///< gets the progress of each run, in events
  WorkerOptions worker{};    ///< but for its clock, which is the store's, and its on_progress
  /// Gets the name of the process that brings the collections up to date, where this one stands by; at most once.
  std::function<void(const std::string& worker)> on_standby{};
};

struct RunProjections {
  EVENTSTORE_FIELDS(RunProjections,
                    (std::vector<std::string>, names, std::vector<std::string>{},
                     help("Projections to run; without a name, all of them")),
                    (bool, follow, false, help("Keep running, and project new events until interrupted")),
                    (bool, expire, false,
                     help("Remove documents that are older than the limit of their collection: afterwards, or now and "
                          "then while it follows")));
};

struct ProjectionRun {
  EVENTSTORE_FIELDS(ProjectionRun, (std::uint64_t, events), (std::uint64_t, position), (double, seconds),
                    (std::uint64_t, events_per_second), (bool, stopped), (std::optional<std::uint64_t>, without_state),
                    (std::optional<std::uint64_t>, set_aside));
};

/// A projection that the run left behind: it would make another collection from the log now, or it is held, failed or
/// waiting. Or, with `health` "not expired", one whose documents that are too old could not be removed.
struct ProjectionLeft {
  EVENTSTORE_FIELDS(ProjectionLeft, (std::string, projection), (std::string, health), (std::string, reason));
};

/// One line for a person: what is the matter, and what to do.
std::string to_text(const ProjectionLeft& left);

/// Brings the collections up to the head of the log. After the first run, `on_run` gets its result, and then `on_left`
/// gets each projection that the run left behind. A run that follows the log tells later of those whose trouble is new
/// or another one.
///
/// With `expire`, documents live for the days that the settings give their collection, or else its shape; they are
/// removed after a run, and between the runs of one that follows. One that follows does that without `expire`, too, for
/// the collections to which ProjectionOptions::worker gives days.
///
/// One process at a time works on the collections of a store. If another one does, a run that follows stands by, and
/// takes over within a second after the other's end. A run that does not follow waits up to five seconds until the
/// other has ended or has brought the projections to where the head of the log is now; then it tells of that place.
///
/// Errors: not_found, naming the projections of the store's model; locked, naming the process that works, where it was
/// waited for in vain; as ProjectionWorker::run and SqliteCollections::open; those of `on_run`. Threads: no other
/// thread may use the store's collections during the call.
Result<void> run_projections(Store& store, const RunProjections& parameters,
                             FunctionRef<Result<void>(const ProjectionRun&)> on_run,
                             FunctionRef<void(const ProjectionLeft&)> on_left, const ProjectionOptions& options = {},
                             std::stop_token stop = {});

/// The events of one type that a collection is without, because this build does not know the type.
struct TypePassedOver {
  EVENTSTORE_FIELDS(TypePassedOver, (std::string, category), (std::string, event_type), (std::uint64_t, first),
                    (std::uint64_t, events));
};

/// `digest` is that of the documents of a live collection, as it is kept with each change.
struct ProjectionState {
  EVENTSTORE_FIELDS(ProjectionState, (std::string, projection), (std::string, health), (std::uint64_t, position),
                    (std::uint64_t, behind), (std::uint64_t, documents), (std::optional<double>, behind_seconds),
                    (std::optional<std::uint64_t>, events_per_second), (std::optional<std::uint64_t>, set_aside),
                    (std::optional<std::uint64_t>, dropped), (std::optional<std::string>, error),
                    (std::optional<std::string>, reason), (std::optional<std::uint64_t>, error_position),
                    (std::optional<std::uint64_t>, retries), (std::optional<std::uint64_t>, rebuild_position),
                    (std::optional<std::vector<TypePassedOver>>, passed_over), (std::optional<std::string>, note),
                    (std::optional<std::string>, worker), (std::optional<std::string>, standby),
                    (std::optional<Timestamp>, expired_before), (std::optional<std::string>, digest));
};

/// Gives the state of each projection of the store's model, in the model's order, with the processes that work on the
/// collections and stand by. The trouble of one projection is its state.
/// Errors: as ProjectionWorker::status; those of `on_projection`, which end the list.
Result<void> list_projections(Store& store, FunctionRef<Result<void>(const ProjectionState&)> on_projection);

struct ProjectionHealth {
  EVENTSTORE_FIELDS(ProjectionHealth, (std::optional<std::uint64_t>, behind_seconds_max, ,
                                       help("A collection is unwell, too, if it lags behind for longer than this")));
};

/// Gives the state of each projection that is unwell: neither live nor being built, too far behind, or with events that
/// it has set aside and about which nothing was decided. Whether all are well. Errors: as list_projections.
Result<bool> check_projections_health(Store& store, const ProjectionHealth& parameters,
                                      FunctionRef<Result<void>(const ProjectionState&)> on_unwell);

}  // namespace eventstore::app
