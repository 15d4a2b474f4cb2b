// Builds a collection beside the live one, which it then replaces.
#include "lane.hpp"

#include <eventstore/aggregate/check_readable.hpp>
#include <eventstore/aggregate/detail/stream_of.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {

using Health = ProjectionStatus::Health;

// Fails before anything is read where an event type of an aggregate that is read cannot be.
Result<void> ProjectionWorker::check_readable(const std::vector<const ProjectionType*>& projections) const {
  EVENTSTORE_TRY(check_categories(aggregates_.all()));
  EVENTSTORE_TRY(check_projections(projections));
  for (const auto& aggregate : aggregates_)
    if (std::ranges::any_of(projections, [&](const auto* projection) { return projection->reads(aggregate.category); }))
      EVENTSTORE_TRY(eventstore::check_readable(log_, schemas_, aggregate, aggregates_.all()));
  return {};
}

// A rebuild that other code began, or that began from another history, cannot be continued.
Result<void> ProjectionWorker::begin_rebuild(const ProjectionType& projection, const RebuildOptions& options) {
  const auto name = rebuild_name(projection);
  EVENTSTORE_TRY_ASSIGN(const auto begun, collections_.checkpoint(name));
  if (begun) {
    EVENTSTORE_TRY_ASSIGN(const auto status, judge(log_, projection, *begun, aggregates_.all()));
    if (status.health == Health::building || status.health == Health::live) return {};
    EVENTSTORE_TRY(collections_.drop(name));
  }
  EVENTSTORE_TRY_ASSIGN(const auto room, collections_.room_for_rebuild(projection.name()));
  if (room.needed > room.available)
    return failure(Errc::out_of_space, "rebuild", projection.name(),
                   "another collection of that size needs about " + std::to_string(room.needed) +
                       " bytes of disk, and there are " + std::to_string(room.available) + ": nothing was begun");
  EVENTSTORE_TRY(begin_with_dropped(projection, options));
  // What is only looked at leaves the way back.
  return options.discard ? Result<void>{} : collections_.drop(kept_name(projection.name()));
}

Result<RebuildReport> ProjectionWorker::build_again(const ProjectionType& projection, std::stop_token stop,
                                                    const RebuildOptions& options) {
  EVENTSTORE_TRY(check_readable({&projection}));
  EVENTSTORE_TRY(begin_rebuild(projection, options));
  const auto name = rebuild_name(projection);
  Progress progress{};
  RebuildReport report{};
  const auto stopped = [&] {
    static_cast<RunReport&>(report) = progress.report;
    return report.stopped;
  };
  std::vector<Lane> lanes;
  EVENTSTORE_TRY_ASSIGN(auto lane, open_lane(projection, name));
  lanes.push_back(std::move(lane));
  EVENTSTORE_TRY_ASSIGN(const Position head, log_.head());
  progress.index_share = share_of_indexes;
  EVENTSTORE_TRY(advance(lanes, head, progress, stop));
  if (auto& why = lanes.front().stays) return failure(std::move(*why));
  EVENTSTORE_TRY(expire_rebuilt(projection, name, progress, stop));
  if (stopped()) return report;
  const auto finish = [&] { return collections_.finish(projection.shape, name, lanes.front().at.position); };
  EVENTSTORE_TRY(make_indexes(progress, 1, stop, [&](std::size_t) { return with_retries(progress, stop, finish); }));
  if (stopped()) return report;
  progress.index_share = 0;
  EVENTSTORE_TRY_ASSIGN(report.comparison, compare_with_live(projection, progress, stop, options));
  if (stopped()) return report;
  const bool differs = report.comparison && !report.comparison->is_same();
  if (options.compare_only && options.discard) EVENTSTORE_TRY(collections_.drop(name));
  if (options.compare_only || (options.expect_same && differs)) return report;
  // What was appended while documents were compared.
  EVENTSTORE_TRY(bring_together(projection, progress, stop));
  if (stopped()) return report;
  const auto replace = [&] { return collections_.replace(projection.shape, name); };
  EVENTSTORE_TRY(with_retries(progress, stop, replace));
  report.switched = true;
  if (options.without_dropped) EVENTSTORE_TRY(collections_.drop(dropped_name(projection)));
  return report;
}

}  // namespace v1
}  // namespace eventstore
