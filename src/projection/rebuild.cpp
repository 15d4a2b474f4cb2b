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
  if (auto& why = lanes.front().stays) return failure(std::move(*why));
  EVENTSTORE_TRY(expire_rebuilt(projection, name, progress, stop));
  const auto replace = [&] { return collections_.replace(projection.shape, name); };
  if (!progress.report.stopped)
    EVENTSTORE_TRY(make_indexes(progress, 1, stop, [&](std::size_t) { return with_retries(progress, stop, replace); }));
  if (progress.report.stopped) return std::move(progress.report);
  if (options.without_dropped) EVENTSTORE_TRY(collections_.drop(dropped_name(projection)));
  return std::move(progress.report);
}

}  // namespace v1
}  // namespace eventstore
