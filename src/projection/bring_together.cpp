// The rebuilt collections and the live ones, at one position of the log.
#include "rebuild_group.hpp"

namespace eventstore {
inline namespace v1 {

using Health = ProjectionStatus::Health;

// Of the live collection; absent, too, where it cannot be read: a rebuild mends that.
Result<std::optional<Checkpoint>> ProjectionWorker::live_checkpoint(const ProjectionType& projection) {
  auto found = collections_.checkpoint(projection.name());
  if (!found && found.error().code == Errc::invalid_argument) return std::optional<Checkpoint>{};
  return found;
}

// That of the rebuilt collection, and that of the live one, if it may move: one that other code made, or that cannot go
// on, stays where it is; so does one that its first run still builds.
Result<void> ProjectionWorker::RebuildGroup::open_lanes(One& one, std::vector<Lane>& lanes) {
  EVENTSTORE_TRY_ASSIGN(auto rebuilt, worker_.open_lane(*one.projection, one.name));
  EVENTSTORE_TRY_ASSIGN(const auto live, worker_.live_checkpoint(*one.projection));
  std::optional<Lane> of_live;
  if (live) {
    EVENTSTORE_TRY_ASSIGN(const auto status, judge(worker_.log_, *one.projection, *live, worker_.aggregates_.all()));
    if (status.health == Health::live) {
      EVENTSTORE_TRY_ASSIGN(of_live, worker_.open_lane(*one.projection, one.projection->name()));
    }
  }
  lanes.push_back(std::move(rebuilt));
  if (of_live) lanes.push_back(std::move(*of_live));
  return {};
}

// Folds into all of them what the log has by now.
Result<void> ProjectionWorker::RebuildGroup::bring_together(const std::vector<One*>& ones) {
  std::vector<Lane> lanes;
  for (auto* const one : ones) EVENTSTORE_TRY(bear(*one, open_lanes(*one, lanes)));
  EVENTSTORE_TRY_ASSIGN(const Position head, worker_.log_.head());
  EVENTSTORE_TRY(worker_.advance(lanes, head, progress_, stop_));
  for (auto& lane : lanes)
    for (auto* const one : ones) {
      if (lane.name != one->name) continue;
      one->at = lane.at.position;
      if (lane.stays) EVENTSTORE_TRY(bear(*one, failure(std::move(*lane.stays))));
    }
  return {};
}

Result<std::optional<Comparison>> ProjectionWorker::RebuildGroup::compare_with_live(One& one) {
  // Another worker may move the live collection between; where it always does, the comparison says so by its positions.
  constexpr int tries_max = 20;
  struct EndSnapshot {
    ~EndSnapshot() { collections.release_snapshot(); }
    Collections& collections;
  };
  for (int tried = 1;; ++tried) {
    EVENTSTORE_TRY(bring_together({&one}));
    if (is_stopped() || one.report.error) return std::optional<Comparison>{};
    {
      EVENTSTORE_TRY(collections_.hold_snapshot());
      const EndSnapshot at_end{collections_};
      EVENTSTORE_TRY_ASSIGN(const auto live, worker_.live_checkpoint(*one.projection));
      EVENTSTORE_TRY_ASSIGN(const auto rebuilt, collections_.checkpoint(one.name));
      if (!live || live->building || !rebuilt) return std::optional<Comparison>{};
      EVENTSTORE_TRY_ASSIGN(const auto status, judge(worker_.log_, *one.projection, *live, worker_.aggregates_.all()));
      const bool moves = status.health == Health::live && live->position > rebuilt->position;
      if (moves && tried < tries_max) continue;
      EVENTSTORE_TRY_ASSIGN(auto compared, compare(one, *live, *rebuilt));
      if (compared || is_stopped() || one.is_ordered) return compared;
    }
    const auto order = [&] { return collections_.order_by_id(one.projection->shape, one.name, one.at); };
    EVENTSTORE_TRY(worker_.supervised(stop_, {}, order));
    one.is_ordered = true;
  }
}

// Absent, too, where the collection must be in order for it. Here is the place for a test that needs no documents.
Result<std::optional<Comparison>> ProjectionWorker::RebuildGroup::compare(One& one, const Checkpoint& live,
                                                                          const Checkpoint& rebuilt) {
  const auto& shape = one.projection->shape;
  EVENTSTORE_TRY_ASSIGN(const auto expired, collections_.expired_before(shape.name));
  const CompareOptions how{.examples_max = options_.examples_max, .expired_before = expired};
  std::optional<Comparison> compared;
  const auto work = [&]() -> Result<void> {
    if (one.is_ordered) {
      EVENTSTORE_TRY_ASSIGN(compared, compare_collections(collections_, shape, shape.name, one.name, how));
    } else {
      EVENTSTORE_TRY_ASSIGN(compared, compare_unordered(collections_, shape, shape.name, one.name, how));
    }
    if (!compared) return {};
    compared->before_position = live.position;
    compared->after_position = rebuilt.position;
    return {};
  };
  const auto done = worker_.supervised(
      stop_, [](double) {}, work);
  const bool must_compare = options_.compare_only || options_.expect_same;
  const bool cannot = !done && done.error().code == Errc::invalid_argument && !must_compare;
  if (cannot) one.is_ordered = true;
  if (done || cannot) return compared;
  return tl::unexpected<Error>{done.error()};
}

}  // namespace v1
}  // namespace eventstore
