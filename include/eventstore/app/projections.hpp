#pragma once
// Projections of a store: brought up to date, rebuilt, and how far each of them is.
#include <eventstore/app/progress.hpp>
#include <eventstore/core/function_ref.hpp>
#include <eventstore/core/result.hpp>
#include <eventstore/schema/fields.hpp>
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

struct RunProjections {
  EVENTSTORE_FIELDS(RunProjections,
                    (std::vector<std::string>, names, std::vector<std::string>{},
                     help("Projections to run; without a name, all of them")),
                    (bool, follow, false, help("Keep running, and project new events until interrupted")),
                    (bool, expire, false,
                     help("Afterwards, remove documents that are older than the limit of their collection")));
};

struct ProjectionRun {
  EVENTSTORE_FIELDS(ProjectionRun, (std::uint64_t, events), (std::uint64_t, position), (double, seconds),
                    (std::uint64_t, events_per_second), (bool, stopped));
};

/// A projection that was passed over, because its collection is no longer what the projection would make of the log.
struct ProjectionLeft {
  EVENTSTORE_FIELDS(ProjectionLeft, (std::string, projection), (std::string, health), (std::string, reason));
};

/// Brings the collections up to the head of the log. `on_run` is given the first run, when it is done, and then
/// `on_left` each projection that it passed over; runs that follow are told of by nothing but their progress, in
/// events. Errors: not_found, naming the projections of the store's model; as ProjectionWorker::run and
/// SqliteCollections::open; those of `on_run`. Threads: no other use of the store's collections meanwhile.
Result<void> run_projections(Store& store, const RunProjections& parameters,
                             FunctionRef<Result<void>(const ProjectionRun&)> on_run,
                             FunctionRef<void(const ProjectionLeft&)> on_left, const OnProgress& on_progress = {},
                             std::stop_token stop = {});

struct RebuildProjection {
  EVENTSTORE_FIELDS(RebuildProjection, (std::string, name, , help("Projection to rebuild")));
};

/// Builds the collection of a projection again beside the live one, and puts it in its place. A rebuild that was
/// `stopped` leaves the live collection as it was, and the same call goes on from there.
/// Errors: not_found, naming the projections of the store's model; as ProjectionWorker::rebuild.
Result<ProjectionRun> rebuild_projection(Store& store, const RebuildProjection& parameters,
                                         const OnProgress& on_progress = {}, std::stop_token stop = {});

struct ProjectionState {
  EVENTSTORE_FIELDS(ProjectionState, (std::string, projection), (std::string, health), (std::uint64_t, position),
                    (std::uint64_t, behind), (std::uint64_t, documents), (std::optional<std::string>, reason),
                    (std::optional<std::uint64_t>, rebuild_position));
};

/// Gives how far each projection of the store's model is, in the model's order.
/// Errors: as ProjectionWorker::status; those of `on_projection`, which end the list.
Result<void> list_projections(Store& store, FunctionRef<Result<void>(const ProjectionState&)> on_projection);

}  // namespace eventstore::app
