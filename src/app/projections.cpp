#include <eventstore/app/projections.hpp>
#include <eventstore/app/store.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "projection_work.hpp"
#include "worker_lease.hpp"

namespace eventstore::app {
namespace {

using Projections = std::vector<const ProjectionType*>;

constexpr const char* not_expired = "not expired";

// Tells of the first run, and of each projection that a run left behind, once for each trouble.
class RunTeller {
 public:
  RunTeller(const Watch& watch, FunctionRef<Result<void>(const ProjectionRun&)> on_run,
            FunctionRef<void(const ProjectionLeft&)> on_left)
      : watch_{watch}, on_run_{on_run}, on_left_{on_left} {}

  Result<void> tell(const RunReport& run) {
    if (!std::exchange(has_told_, true)) EVENTSTORE_TRY(on_run_(app::row_of(run, watch_.seconds())));
    std::vector<std::pair<std::string, std::string>> left;
    for (const auto& each : run.left) {
      left.emplace_back(each.name, each.reason);
      if (std::find(told_.begin(), told_.end(), left.back()) == told_.end())
        on_left_({each.name, std::string{to_string(each.health)}, each.reason});
    }
    told_ = std::move(left);
    for (const auto& [name, error] : run.not_expired) on_left_({name, not_expired, error.message()});
    return {};
  }

 private:
  const Watch& watch_;
  FunctionRef<Result<void>(const ProjectionRun&)> on_run_;
  FunctionRef<void(const ProjectionLeft&)> on_left_;
  bool has_told_ = false;
  std::vector<std::pair<std::string, std::string>> told_{};  // name and reason
};

// Follows until `stop`, or until what is told is no longer taken.
Result<RunReport> follow(ProjectionWorker& worker, const Projections& projections, RunTeller& teller,
                         const std::stop_token& stop) {
  Result<void> told{};
  const auto on_run = [&](const RunReport& run) {
    told = teller.tell(run);
    return told.has_value();
  };
  auto last = worker.follow(projections, stop, {.on_run = on_run});
  EVENTSTORE_TRY(told);
  return last;
}

// How far the projections are, if they have come to `head` or to trouble that another run would not end.
Result<std::optional<RunReport>> brought_to(Position head, ProjectionWorker& worker, const Projections& projections) {
  RunReport report{};
  report.position = head;
  for (const auto* const projection : projections) {
    EVENTSTORE_TRY_ASSIGN(auto status, worker.status(*projection));
    using Health = ProjectionStatus::Health;
    if (status.health == Health::live && status.position >= head) continue;
    const bool stays = status.health == Health::failed || status.health == Health::held ||
                       status.health == Health::stale || status.health == Health::foreign;
    if (!stays) return std::optional<RunReport>{};
    report.left.push_back(std::move(status));
  }
  return std::optional{std::move(report)};
}

// Another process that works is waited for: until it ends, or has done what was to be done.
Result<RunReport> run_or_wait(Store& store, ProjectionWorker& worker, const Projections& projections,
                              WorkerLease& lease, const Backoff& waits, const std::stop_token& stop) {
  constexpr int looks_max = 10;
  EVENTSTORE_TRY_ASSIGN(const Position head, store.log().head());
  for (int look = 0;; ++look) {
    EVENTSTORE_TRY_ASSIGN(const bool is_ours, lease.try_take());
    if (is_ours || stop.stop_requested()) return worker.run(projections, stop);
    EVENTSTORE_TRY_ASSIGN(auto brought, brought_to(head, worker, projections));
    if (brought) return std::move(*brought);
    if (look == looks_max) break;
    waits.wait(WorkerLease::between_looks, stop);
  }
  EVENTSTORE_TRY_ASSIGN(const auto holders, WorkerLease::holders(store.files(), store.collections_path()));
  return failure(Errc::locked, "project", store.collections_path(),
                 fmt::format("process {} brings the collections up to date, and has not come to position {}",
                             holders.worker.empty() ? "another" : holders.worker, head.value));
}

}  // namespace

std::string to_text(const ProjectionLeft& left) {
  using Health = ProjectionStatus::Health;
  auto text = fmt::format("{} is {}: {}", left.projection, left.health, left.reason);
  if (left.health == to_string(Health::stale) || left.health == to_string(Health::foreign))
    text += fmt::format("; its collection was not changed: run `project rebuild {}`", left.projection);
  if (left.health == to_string(Health::waiting)) text += "; a worker that follows the log tries again by itself";
  return text;
}

Result<void> run_projections(Store& store, const RunProjections& parameters,
                             FunctionRef<Result<void>(const ProjectionRun&)> on_run,
                             FunctionRef<void(const ProjectionLeft&)> on_left, const ProjectionOptions& options,
                             std::stop_token stop) {
  EVENTSTORE_TRY_ASSIGN(const auto projections, find_projections(store.model(), parameters.names));
  auto how = options;
  how.worker.expiry.by_shape = how.worker.expiry.by_shape || parameters.expire;
  EVENTSTORE_TRY_ASSIGN(const auto worker, worker_of(store, how));
  WorkerLease lease{store.files(), store.collections_path()};
  const Backoff waits{options.worker.retry};
  const Watch watch{store.clock()};
  RunTeller teller{watch, on_run, on_left};
  if (!parameters.follow) {
    EVENTSTORE_TRY_ASSIGN(RunReport run, run_or_wait(store, *worker, projections, lease, waits, stop));
    EVENTSTORE_TRY(teller.tell(run));
    if (parameters.expire && !run.stopped) EVENTSTORE_TRY(worker->expire(projections, stop));
    return {};
  }
  EVENTSTORE_TRY_ASSIGN(const bool is_ours, lease.stand_by(waits, stop, options.on_standby));
  if (!is_ours) return {};
  EVENTSTORE_TRY(follow(*worker, projections, teller, stop));
  return {};
}

}  // namespace eventstore::app
