#include <eventstore/app/verify_projections.hpp>

#include <utility>

#include "projection_work.hpp"

namespace eventstore::app {
namespace {

constexpr std::size_t named_max = 20;

ProjectionVerified row_of(const std::string& name, const RebuildReport& report, double seconds) {
  const auto run = app::row_of(static_cast<const RunReport&>(report), seconds);
  const auto& compared = *report.comparison;
  ProjectionVerified row{};
  row.projection = name;
  row.verified = compared.is_same() ? "right" : "wrong";
  row.position = run.position;
  row.right = compared.same;
  row.missing = compared.added;
  row.surplus = compared.removed;
  row.changed = compared.changed;
  row.seconds = run.seconds;
  row.events_per_second = run.events_per_second;
  for (const auto& each : compared.examples)
    (row.wrong ? *row.wrong : row.wrong.emplace())
        .push_back({each.id, unless_empty(each.field), unless_empty(each.before), unless_empty(each.after)});
  return row;
}

Result<RebuildReport> make_and_compare(Store& store, ProjectionWorker& worker, const ProjectionType& projection,
                                       const std::stop_token& stop) {
  EVENTSTORE_TRY_ASSIGN(auto* const collections, store.collections());
  EVENTSTORE_TRY(check_live(store.log(), projection, *collections, store.model().aggregates));
  RebuildOptions how{};
  how.compare_only = true;
  how.discard = true;
  how.examples_max = named_max;
  EVENTSTORE_TRY_ASSIGN(auto report, worker.rebuild(projection, stop, how));
  if (report.stopped)
    return failure(Errc::stopped, "verify projection", projection.name(), "run the same command again to continue");
  if (!report.comparison || report.comparison->before_position != report.comparison->after_position)
    return failure(Errc::locked, "verify projection", projection.name(),
                   "the collection cannot be brought to one position with the log: look at `project status`, and try "
                   "again");
  return report;
}

}  // namespace

Result<bool> verify_projections(Store& store, const VerifyProjections& parameters,
                                FunctionRef<Result<void>(const ProjectionVerified&)> on_verified,
                                const ProjectionOptions& options, std::stop_token stop) {
  EVENTSTORE_TRY_ASSIGN(const auto projections, find_projections(store.model(), parameters.names));
  EVENTSTORE_TRY_ASSIGN(const auto worker, worker_of(store, options));
  bool all_right = true;
  for (const auto* const projection : projections) {
    const Watch watch{store.clock()};
    EVENTSTORE_TRY_ASSIGN(const auto report, make_and_compare(store, *worker, *projection, stop));
    all_right = all_right && report.comparison->is_same();
    auto row = row_of(projection->name(), report, watch.seconds());
    EVENTSTORE_TRY_ASSIGN(auto* const collections, store.collections());
    EVENTSTORE_TRY_ASSIGN(row.certificate, certificate_of(*collections, projection->shape));
    EVENTSTORE_TRY(on_verified(row));
  }
  return all_right;
}

}  // namespace eventstore::app
