#include <eventstore/app/rebuild_projections.hpp>
#include <eventstore/projection/part_rebuilder.hpp>

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
  const bool is_part = parameters.stream || parameters.organization_id;
  if (is_part && (parameters.names.empty() || parameters.rollback || parameters.compare_only ||
                  parameters.expect_same || parameters.without_dropped))
    return refuse("a part is made again in place, of projections that are named, without another option");
  if (parameters.rollback && (parameters.compare_only || parameters.expect_same || parameters.without_dropped))
    return refuse("`rollback` builds nothing, so that options of building are of no use with it");
  if (parameters.rollback && parameters.stale)
    return refuse("what was rebuilt is not stale any more: name the projections to put back");
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

ProjectionRebuild row_of_rebuild(const std::string& name, const RebuildReport& report, double seconds) {
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
  if (report.error) row.error = report.error->message();
  return row;
}

Result<ProjectionRebuild> make_part(Store& store, const ProjectionType& projection,
                                    const RebuildProjections& parameters, const std::stop_token& stop) {
  const Watch watch{store.clock()};
  EVENTSTORE_TRY_ASSIGN(auto* const collections, store.collections());
  PartRebuilder rebuilder{store.log(), store.model().aggregates, *collections};
  EVENTSTORE_TRY_ASSIGN(
      const auto made,
      rebuilder.rebuild(projection, {parameters.stream.value_or(""), parameters.organization_id.value_or("")}, stop));
  RebuildReport report{};
  report.events = made.events;
  report.position = made.position;
  report.comparison = made.comparison;
  auto row = row_of_rebuild(projection.name(), report, watch.seconds());
  row.live = "in place";
  return row;
}

void add(std::string& names, const std::string& name) { names += (names.empty() ? "" : ", ") + name; }

// Rebuilds them together, and tells what was not as it should be.
class Rebuilds {
 public:
  Rebuilds(const RebuildProjections& parameters, const Clock& clock, bool is_alone,
           FunctionRef<Result<void>(const ProjectionRebuild&)> on_rebuild)
      : parameters_{parameters}, watch_{clock}, is_alone_{is_alone}, on_rebuild_{on_rebuild} {}

  Result<void> add_report(const ProjectionType& projection, const RebuildReport& report) {
    if (report.error && is_alone_) return failure(*report.error);
    const bool differs = report.comparison && !report.comparison->is_same();
    if (report.error) add(failed_, projection.name());
    if (report.stopped) add(stopped_, projection.name());
    if (parameters_.expect_same && differs) add(kept_, projection.name());
    return on_rebuild_(row_of_rebuild(projection.name(), report, watch_.seconds()));
  }
  [[nodiscard]] Result<std::string> sentence() const {
    if (!stopped_.empty())
      return failure(Errc::stopped, "rebuild " + stopped_, "",
                     "these live collections were not changed; run the same command again to continue");
    std::string sentence;
    if (!failed_.empty()) sentence = "these rebuilds failed, and left their collections as they were: " + failed_;
    if (!kept_.empty())
      sentence += (sentence.empty() ? "" : "; ") +
                  ("these collections were left as they were, because documents would differ: " + kept_);
    return sentence;
  }

 private:
  const RebuildProjections& parameters_;
  const Watch watch_;
  const bool is_alone_;
  FunctionRef<Result<void>(const ProjectionRebuild&)> on_rebuild_;
  std::string failed_{};
  std::string stopped_{};
  std::string kept_{};
};

// Nothing is put back unless all of them can be.
Result<void> check_kept(Store& store, const Projections& projections) {
  EVENTSTORE_TRY_ASSIGN(auto* const collections, store.collections());
  for (const auto* const projection : projections) {
    EVENTSTORE_TRY_ASSIGN(const auto kept, collections->checkpoint(kept_name(projection->name())));
    if (!kept)
      return failure(
          Errc::not_found, "roll back", projection->name(),
          "no collection is kept: the last rebuild replaced none, or a later one has begun; nothing was put back");
  }
  return {};
}

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

Result<std::string> rebuild_projections(Store& store, const RebuildProjections& parameters,
                                        FunctionRef<Result<void>(const ProjectionRebuild&)> on_rebuild,
                                        const ProjectionOptions& options, std::stop_token stop) {
  EVENTSTORE_TRY(check(parameters));
  EVENTSTORE_TRY_ASSIGN(const auto lock, only_rebuild(store));
  EVENTSTORE_TRY_ASSIGN(const auto worker, worker_of(store, options));
  EVENTSTORE_TRY_ASSIGN(const auto projections, chosen(store, *worker, parameters));
  if (parameters.rollback) {
    EVENTSTORE_TRY(check_kept(store, projections));
    for (const auto* const projection : projections) {
      EVENTSTORE_TRY_ASSIGN(const auto row, put_back(*worker, *projection));
      EVENTSTORE_TRY(on_rebuild(row));
    }
    return std::string{};
  }
  if (parameters.stream || parameters.organization_id) {
    for (const auto* const projection : projections) {
      EVENTSTORE_TRY_ASSIGN(const auto row, make_part(store, *projection, parameters, stop));
      EVENTSTORE_TRY(on_rebuild(row));
    }
    return std::string{};
  }
  RebuildOptions how{};
  how.without_dropped = parameters.without_dropped;
  how.compare_only = parameters.compare_only;
  how.expect_same = parameters.expect_same;
  Rebuilds rebuilds{parameters, store.clock(), projections.size() == 1, on_rebuild};
  const auto add_report = [&](const ProjectionType& projection, const RebuildReport& report) {
    return rebuilds.add_report(projection, report);
  };
  EVENTSTORE_TRY(worker->rebuild(projections, add_report, std::move(stop), how));
  return rebuilds.sentence();
}

}  // namespace eventstore::app
