// The rebuilt collection and the live one, at one position of the log.
#include "lane.hpp"

namespace eventstore {
inline namespace v1 {

using Health = ProjectionStatus::Health;

// Of the live collection; absent, too, where it cannot be read: a rebuild mends that.
Result<std::optional<Checkpoint>> ProjectionWorker::live_checkpoint(const ProjectionType& projection) {
  auto found = collections_.checkpoint(projection.name());
  if (!found && found.error().code == Errc::invalid_argument) return std::optional<Checkpoint>{};
  return found;
}

// Folds into both what the log has by now. A live collection that other code made, or that cannot go on, stays where it
// is; so does one that its first run still builds.
Result<void> ProjectionWorker::bring_together(const ProjectionType& projection, Progress& progress,
                                              const std::stop_token& stop) {
  std::vector<Lane> lanes;
  EVENTSTORE_TRY_ASSIGN(auto rebuilt, open_lane(projection, rebuild_name(projection)));
  lanes.push_back(std::move(rebuilt));
  EVENTSTORE_TRY_ASSIGN(const auto live, live_checkpoint(projection));
  if (live) {
    EVENTSTORE_TRY_ASSIGN(const auto status, judge(log_, projection, *live, aggregates_.all()));
    if (status.health == Health::live) {
      EVENTSTORE_TRY_ASSIGN(auto lane, open_lane(projection, projection.name()));
      lanes.push_back(std::move(lane));
    }
  }
  EVENTSTORE_TRY_ASSIGN(const Position head, log_.head());
  EVENTSTORE_TRY(advance(lanes, head, progress, stop));
  if (auto& why = lanes.front().stays) return failure(std::move(*why));
  return {};
}

Result<std::optional<Comparison>> ProjectionWorker::compare_with_live(const ProjectionType& projection,
                                                                      Progress& progress, const std::stop_token& stop,
                                                                      const RebuildOptions& options) {
  // Another worker may move the live collection between; where it always does, the comparison says so by its positions.
  constexpr int tries_max = 20;
  struct EndSnapshot {
    ~EndSnapshot() { collections.release_snapshot(); }
    Collections& collections;
  };
  for (int tried = 1;; ++tried) {
    EVENTSTORE_TRY(bring_together(projection, progress, stop));
    if (progress.report.stopped) return std::optional<Comparison>{};
    EVENTSTORE_TRY(collections_.hold_snapshot());
    const EndSnapshot at_end{collections_};
    EVENTSTORE_TRY_ASSIGN(const auto live, live_checkpoint(projection));
    EVENTSTORE_TRY_ASSIGN(const auto rebuilt, collections_.checkpoint(rebuild_name(projection)));
    if (!live || live->building || !rebuilt) return std::optional<Comparison>{};
    EVENTSTORE_TRY_ASSIGN(const auto status, judge(log_, projection, *live, aggregates_.all()));
    const bool moves = status.health == Health::live && live->position > rebuilt->position;
    if (moves && tried < tries_max) continue;
    EVENTSTORE_TRY_ASSIGN(const auto expired, collections_.expired_before(projection.name()));
    const CompareOptions how{.examples_max = options.examples_max, .expired_before = expired};
    std::optional<Comparison> compared;
    const auto compare = [&]() -> Result<void> {
      EVENTSTORE_TRY_ASSIGN(compared, compare_collections(collections_, projection.shape, projection.name(),
                                                          rebuild_name(projection), how));
      compared->before_position = live->position;
      compared->after_position = rebuilt->position;
      return {};
    };
    const auto done = supervised(
        stop, [](double) {}, compare);
    const bool must_compare = options.compare_only || options.expect_same;
    if (!done && done.error().code == Errc::invalid_argument && !must_compare) return std::optional<Comparison>{};
    if (!done && done.error().code != Errc::stopped) return tl::unexpected<Error>{done.error()};
    progress.report.stopped = !done;
    return compared;
  }
}

}  // namespace v1
}  // namespace eventstore
