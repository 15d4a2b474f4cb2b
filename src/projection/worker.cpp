#include <eventstore/projection/worker.hpp>

#include "lane.hpp"

#include <eventstore/aggregate/check_readable.hpp>
#include <eventstore/aggregate/detail/stream_of.hpp>
#include <eventstore/core/detail/guarded.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

using Health = ProjectionStatus::Health;

// Of the work of a run that builds collections, for those who wait: about what it is for a million events.
constexpr double share_of_indexes = 0.3;

}  // namespace

ProjectionWorker::ProjectionWorker(const EventLog& log, AggregateTypes aggregates, Collections& collections,
                                   WorkerOptions options)
    : log_{log},
      aggregates_{std::move(aggregates)},
      collections_{collections},
      options_{std::move(options)},
      schemas_{log},
      states_{log, schemas_} {}

Result<ProjectionWorker::Lane> ProjectionWorker::open_lane(const ProjectionType& projection, std::string name) {
  EVENTSTORE_TRY_ASSIGN(auto checkpoint, collections_.checkpoint(name));
  if (!checkpoint) {
    checkpoint = Checkpoint{Position{0}, 0, log_.store_id(), projection.fingerprint(aggregates_.all()), true};
    EVENTSTORE_TRY(collections_.create(projection.shape, name, *checkpoint));
  }
  Lane lane{&projection, std::move(name), *checkpoint, PendingDocuments{projection.shape}};
  EVENTSTORE_TRY(skip_dropped(lane));
  return lane;
}

// Fails before anything is read where an event type of an aggregate that is read cannot be.
Result<void> ProjectionWorker::check_readable(const std::vector<const ProjectionType*>& projections) const {
  EVENTSTORE_TRY(check_categories(aggregates_.all()));
  EVENTSTORE_TRY(check_projections(projections));
  for (const auto& aggregate : aggregates_)
    if (std::ranges::any_of(projections, [&](const auto* projection) { return projection->reads(aggregate.category); }))
      EVENTSTORE_TRY(eventstore::check_readable(log_, schemas_, aggregate, aggregates_.all()));
  return {};
}

// No exception leaves the worker, and no state that was being changed when it was thrown is used again.
template <class Call> auto ProjectionWorker::guarded(Call call) -> decltype(call()) {
  bool has_returned = false;
  auto result = detail::guarded("project", {}, [&] {
    auto made = call();
    has_returned = true;
    return made;
  });
  if (!has_returned) states_.clear();
  return result;
}

Result<RunReport> ProjectionWorker::run(const std::vector<const ProjectionType*>& projections, std::stop_token stop) {
  return guarded([&] {
    auto report = catch_up(projections, stop);
    // Events were dropped that it was about to read: a second try begins after them.
    return !report && report.error().code == Errc::expired ? catch_up(projections, stop) : report;
  });
}

Result<RunReport> ProjectionWorker::rebuild(const ProjectionType& projection, std::stop_token stop,
                                            RebuildOptions options) {
  return guarded([&] { return build_again(projection, stop, options); });
}

Result<void> ProjectionWorker::keep_dropped(const std::vector<const ProjectionType*>& projections, Position last,
                                            std::stop_token stop) {
  return guarded([&] { return build_dropped(projections, last, stop); });
}

Result<RunReport> ProjectionWorker::catch_up(const std::vector<const ProjectionType*>& projections,
                                             std::stop_token stop) {
  EVENTSTORE_TRY(check_readable(projections));
  Progress progress{};
  std::vector<Lane> lanes;
  for (const auto* const projection : projections) {
    EVENTSTORE_TRY_ASSIGN(auto found, status(*projection));
    if (found.health == Health::stale || found.health == Health::foreign) {
      progress.report.left.push_back(std::move(found));
      continue;
    }
    EVENTSTORE_TRY_ASSIGN(auto built, build_with_dropped(*projection, found.position, stop));
    if (built && built->stopped) return std::move(*built);
    if (built) progress.report.events += built->events;
    EVENTSTORE_TRY_ASSIGN(auto lane, open_lane(*projection, projection->name()));
    lanes.push_back(std::move(lane));
  }
  EVENTSTORE_TRY_ASSIGN(const Position head, log_.head());
  std::vector<const Lane*> building;
  for (const auto& lane : lanes)
    if (lane.at.building) building.push_back(&lane);
  progress.index_share = building.empty() ? 0 : share_of_indexes;
  EVENTSTORE_TRY(advance(lanes, head, progress, stop));
  if (!progress.report.stopped)
    EVENTSTORE_TRY(make_indexes(progress, building.size(), stop, [&](std::size_t i) {
      return collections_.finish(building[i]->projection->shape, building[i]->at.position);
    }));
  for (const auto& lane : lanes) {
    if (!lane.held) continue;
    EVENTSTORE_TRY_ASSIGN(auto held, status(*lane.projection));
    progress.report.left.push_back(std::move(held));
  }
  return std::move(progress.report);
}

Result<RunReport> ProjectionWorker::build_again(const ProjectionType& projection, std::stop_token stop,
                                                RebuildOptions options) {
  EVENTSTORE_TRY(check_readable({&projection}));
  const auto name = rebuild_name(projection);
  // A rebuild that other code began, or that began from another history, cannot be continued.
  EVENTSTORE_TRY_ASSIGN(const auto begun, collections_.checkpoint(name));
  bool goes_on = begun.has_value();
  if (begun) {
    EVENTSTORE_TRY_ASSIGN(const auto status, judge(log_, projection, *begun, aggregates_.all()));
    goes_on = status.health == Health::building;
    if (!goes_on) EVENTSTORE_TRY(collections_.drop(name));
  }
  if (!goes_on) EVENTSTORE_TRY(begin_with_dropped(projection, options));
  Progress progress{};
  std::vector<Lane> lanes;
  EVENTSTORE_TRY_ASSIGN(auto lane, open_lane(projection, name));
  lanes.push_back(std::move(lane));
  EVENTSTORE_TRY_ASSIGN(const Position head, log_.head());
  progress.index_share = share_of_indexes;
  EVENTSTORE_TRY(advance(lanes, head, progress, stop));
  if (auto& held = lanes.front().held) return failure(std::move(*held));
  if (!progress.report.stopped)
    EVENTSTORE_TRY(
        make_indexes(progress, 1, stop, [&](std::size_t) { return collections_.replace(projection.shape, name); }));
  if (progress.report.stopped) return std::move(progress.report);
  if (options.without_dropped) EVENTSTORE_TRY(collections_.drop(dropped_name(projection)));
  return std::move(progress.report);
}

}  // namespace v1
}  // namespace eventstore
