#include <eventstore/app/rebuild_projections.hpp>

#include <utility>

#include "projection_work.hpp"

namespace eventstore::app {
namespace {

using Health = ProjectionStatus::Health;
using Projections = std::vector<const ProjectionType*>;

Result<void> check(const RebuildProjections& parameters) {
  const auto refuse = [](std::string why) { return failure(Errc::invalid_argument, "rebuild", "", std::move(why)); };
  const int said = (parameters.names.empty() ? 0 : 1) + (parameters.stale ? 1 : 0) + (parameters.all ? 1 : 0);
  if (said == 0) return refuse("name the projections to rebuild, or give `stale` or `all`");
  if (said > 1) return refuse("names, `stale` and `all` exclude each other");
  if (parameters.rollback && (parameters.compare_only || parameters.expect_same || parameters.without_dropped))
    return refuse("`rollback` builds nothing, so that options of building are of no use with it");
  return {};
}

Result<Projections> chosen(Store& store, ProjectionWorker& worker, const RebuildProjections& parameters) {
  EVENTSTORE_TRY_ASSIGN(auto projections, find_projections(store.model(), parameters.names));
  if (!parameters.stale) return projections;
  Projections stale;
  for (const auto* const projection : projections) {
    EVENTSTORE_TRY_ASSIGN(const auto status, worker.status(*projection));
    if (status.health == Health::stale || status.health == Health::foreign) stale.push_back(projection);
  }
  return stale;
}

void add(const Comparison& comparison, ProjectionRebuild& row) {
  row.same = comparison.same;
  row.added = comparison.added;
  row.removed = comparison.removed;
  row.changed = comparison.changed;
  if (comparison.before_position != comparison.after_position) row.before_position = comparison.before_position.value;
  for (const auto& each : comparison.fields)
    (row.fields ? *row.fields : row.fields.emplace()).push_back({each.field, each.documents});
  for (const auto& each : comparison.examples)
    (row.examples ? *row.examples : row.examples.emplace())
        .push_back({each.id, unless_empty(each.field), unless_empty(each.before), unless_empty(each.after)});
}

ProjectionRebuild row_of(const std::string& name, const RebuildReport& report, double seconds) {
  const auto run = app::row_of(static_cast<const RunReport&>(report), seconds);
  ProjectionRebuild row{};
  row.projection = name;
  row.events = run.events;
  row.position = run.position;
  row.seconds = run.seconds;
  row.events_per_second = run.events_per_second;
  row.stopped = run.stopped;
  row.live = report.switched ? "rebuilt" : "before";
  row.without_state = run.without_state;
  if (report.comparison) add(*report.comparison, row);
  return row;
}

// The progress of all rebuilds as that of one.
class WholeProgress {
 public:
  explicit WholeProgress(OnProgress told) : told_{std::move(told)} {}

  void begin(std::size_t rebuilds) { rebuilds_ = rebuilds; }
  void end_one(std::uint64_t events) {
    events_ += events;
    ++ended_;
  }
  void tell(const Progress& now) const {
    if (told_) told_({events_ + now.done, (static_cast<double>(ended_) + now.part) / static_cast<double>(rebuilds_)});
  }

 private:
  OnProgress told_;
  std::size_t rebuilds_ = 1;
  std::size_t ended_ = 0;
  std::uint64_t events_ = 0;
};

Result<ProjectionRebuild> put_back(ProjectionWorker& worker, const ProjectionType& projection) {
  EVENTSTORE_TRY(worker.roll_back(projection));
  EVENTSTORE_TRY_ASSIGN(const auto status, worker.status(projection));
  ProjectionRebuild row{};
  row.projection = projection.name();
  row.position = status.position.value;
  row.live = "back";
  row.reason = unless_empty(status.reason);
  return row;
}

}  // namespace

Result<bool> rebuild_projections(Store& store, const RebuildProjections& parameters,
                                 FunctionRef<Result<void>(const ProjectionRebuild&)> on_rebuild,
                                 const ProjectionOptions& options, std::stop_token stop) {
  EVENTSTORE_TRY(check(parameters));
  WholeProgress whole{options.on_progress};
  auto watched = options;
  watched.on_progress = [&](const Progress& now) { whole.tell(now); };
  EVENTSTORE_TRY_ASSIGN(const auto worker, worker_of(store, watched));
  EVENTSTORE_TRY_ASSIGN(const auto projections, chosen(store, *worker, parameters));
  whole.begin(projections.size());
  RebuildOptions how{};
  how.without_dropped = parameters.without_dropped;
  how.compare_only = parameters.compare_only;
  how.expect_same = parameters.expect_same;
  bool is_as_expected = true;
  for (const auto* const projection : projections) {
    if (parameters.rollback) {
      EVENTSTORE_TRY_ASSIGN(const auto row, put_back(*worker, *projection));
      EVENTSTORE_TRY(on_rebuild(row));
      continue;
    }
    const Watch watch{store.clock()};
    EVENTSTORE_TRY_ASSIGN(const auto report, worker->rebuild(*projection, stop, how));
    whole.end_one(report.events);
    EVENTSTORE_TRY(on_rebuild(row_of(projection->name(), report, watch.seconds())));
    if (report.stopped)
      return failure(Errc::stopped, "rebuild " + projection->name(), "",
                     "the live collection was not changed; run the same command again to continue");
    const bool differs = report.comparison && !report.comparison->is_same();
    if (parameters.expect_same && differs) is_as_expected = false;
  }
  return is_as_expected;
}

}  // namespace eventstore::app
