#include <eventstore/app/projections.hpp>
#include <eventstore/app/store.hpp>
#include <eventstore/collections/memory/memory_collections.hpp>

#include <algorithm>
#include <cmath>

#include "unless_zero.hpp"

namespace eventstore::app {
namespace {

using Projections = std::vector<const ProjectionType*>;

constexpr std::chrono::milliseconds follow_patience{500};

WorkerOptions told_to(const OnProgress& on_progress) {
  WorkerOptions options{};
  if (on_progress)
    options.on_progress = [&on_progress](const RunProgress& now) { on_progress({now.events_done, now.part}); };
  return options;
}

Result<std::unique_ptr<ProjectionWorker>> worker_of(Store& store, const OnProgress& on_progress = {}) {
  EVENTSTORE_TRY_ASSIGN(auto* const collections, store.collections());
  return std::make_unique<ProjectionWorker>(store.log(), store.model().aggregates, *collections, told_to(on_progress));
}

class Watch {
 public:
  explicit Watch(const Clock& clock) : clock_{clock}, begun_{clock.now()} {}

  // A clock that was set back since has measured nothing.
  [[nodiscard]] double seconds() const {
    return static_cast<double>(std::max<std::int64_t>(clock_.now().micros - begun_.micros, 0)) / 1'000'000;
  }

 private:
  const Clock& clock_;
  Timestamp begun_;
};

ProjectionRun row_of(const RunReport& run, double seconds) {
  const double rate = seconds > 0 ? static_cast<double>(run.events) / seconds : 0;
  const double to_the_millisecond = std::round(seconds * 1000) / 1000;
  return {run.events,         run.position.value,
          to_the_millisecond, static_cast<std::uint64_t>(std::llround(rate)),
          run.stopped,        unless_zero(run.without_state)};
}

// Nothing is taken out of the collections that were passed over.
Result<void> expire(Store& store, const Projections& projections, const RunReport& run) {
  const auto now = store.clock().now();
  EVENTSTORE_TRY_ASSIGN(auto* const collections, store.collections());
  const auto was_left = [&](const ProjectionType& projection) {
    return std::any_of(run.left.begin(), run.left.end(),
                       [&](const auto& left) { return left.name == projection.name(); });
  };
  for (const auto* const projection : projections)
    if (projection->shape.keep_days > 0 && !was_left(*projection)) {
      const auto moment = now.plus_seconds(-std::int64_t{projection->shape.keep_days} * 86'400);
      EVENTSTORE_TRY(collections->expire(projection->shape, moment));
    }
  return {};
}

Result<void> follow(Store& store, ProjectionWorker& worker, const Projections& projections, RunReport& run,
                    const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    EVENTSTORE_TRY_ASSIGN(const Position head, store.log().wait_past(run.position, stop, follow_patience));
    if (head <= run.position) continue;
    auto next = worker.run(projections, stop);
    // A rebuild that took a collection's place moved its checkpoint: the next round continues from there.
    if (!next && next.error().code == Errc::locked) continue;
    if (!next) return failure_of(next);
    run = std::move(*next);
  }
  return {};
}

ProjectionState row_of(const ProjectionStatus& status) {
  ProjectionState row{};
  row.projection = status.name;
  row.health = to_string(status.health);
  row.position = status.position.value;
  row.behind = status.head.value - std::min(status.head, status.position).value;
  row.documents = status.documents;
  if (!status.reason.empty()) row.reason = status.reason;
  if (status.rebuilding) row.rebuild_position = status.rebuild_position.value;
  for (const auto& each : status.passed_over)
    (row.passed_over ? *row.passed_over : row.passed_over.emplace())
        .push_back({each.category, each.type, each.first.value, each.events});
  if (!status.note.empty()) row.note = status.note;
  return row;
}

}  // namespace

Result<void> run_projections(Store& store, const RunProjections& parameters,
                             FunctionRef<Result<void>(const ProjectionRun&)> on_run,
                             FunctionRef<void(const ProjectionLeft&)> on_left, const OnProgress& on_progress,
                             std::stop_token stop) {
  EVENTSTORE_TRY_ASSIGN(const auto projections, find_projections(store.model(), parameters.names));
  EVENTSTORE_TRY_ASSIGN(const auto worker, worker_of(store, on_progress));
  const Watch watch{store.clock()};
  EVENTSTORE_TRY_ASSIGN(RunReport run, worker->run(projections, stop));
  EVENTSTORE_TRY(on_run(row_of(run, watch.seconds())));
  for (const auto& left : run.left) on_left({left.name, std::string{to_string(left.health)}, left.reason});
  if (parameters.follow) EVENTSTORE_TRY(follow(store, *worker, projections, run, stop));
  return parameters.expire && !run.stopped ? expire(store, projections, run) : Result<void>{};
}

Result<ProjectionRun> rebuild_projection(Store& store, const RebuildProjection& parameters,
                                         const OnProgress& on_progress, std::stop_token stop) {
  const std::string names[]{parameters.name};
  EVENTSTORE_TRY_ASSIGN(const auto projections, find_projections(store.model(), names));
  EVENTSTORE_TRY_ASSIGN(const auto worker, worker_of(store, on_progress));
  const Watch watch{store.clock()};
  EVENTSTORE_TRY_ASSIGN(const auto run,
                        worker->rebuild(*projections.front(), std::move(stop), {parameters.without_dropped}));
  return row_of(run, watch.seconds());
}

Result<void> list_projections(Store& store, FunctionRef<Result<void>(const ProjectionState&)> on_projection) {
  // Only read: who looks waits for nobody, and nobody for him.
  MemoryCollections none;
  const auto opened = store.readable_collections();
  if (!opened && opened.error().code != Errc::not_found) return tl::unexpected<Error>{opened.error()};
  ProjectionWorker worker{store.log(), store.model().aggregates, opened ? **opened : none};
  for (const auto& projection : store.model().projections) {
    EVENTSTORE_TRY_ASSIGN(const auto status, worker.status(projection));
    EVENTSTORE_TRY(on_projection(row_of(status)));
  }
  return {};
}

}  // namespace eventstore::app
