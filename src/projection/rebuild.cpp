// The beginning of rebuilds: what stands in the way, and the way through the log.
#include "rebuild_group.hpp"

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

Result<RebuildReport> ProjectionWorker::build_again(const ProjectionType& projection, std::stop_token stop,
                                                    const RebuildOptions& options) {
  Result<RebuildReport> report{RebuildReport{}};
  const auto take = [&](const ProjectionType&, const RebuildReport& made) -> Result<void> {
    if (made.error)
      report = tl::unexpected<Error>{*made.error};
    else
      *report = made;
    return {};
  };
  EVENTSTORE_TRY((RebuildGroup{*this, options, std::move(stop)}.rebuild({&projection}, take)));
  return report;
}

Result<void> ProjectionWorker::RebuildGroup::begin(const Projections& projections) {
  EVENTSTORE_TRY(check_categories(worker_.aggregates_.all()));
  EVENTSTORE_TRY(check_projections(projections));
  const auto unreadable = worker_.unreadable_aggregates(projections);
  for (const auto* const projection : projections) {
    auto& one = all_.emplace_back(One{projection, rebuild_name(*projection)});
    const auto reads = [&](const Unreadable& each) { return projection->reads(each.aggregate->category); };
    if (const auto found = std::ranges::find_if(unreadable, reads); found != unreadable.end())
      EVENTSTORE_TRY(bear(one, failure(found->error)));
  }
  EVENTSTORE_TRY(each([&](One& one) { return look_whether_begun(one); }));
  EVENTSTORE_TRY(ask_for_room());
  return each([&](One& one) { return one.is_new ? begin(one) : Result<void>{}; });
}

// A rebuild that other code began, or that began from another history, cannot be continued. A verification trusts
// nothing that was made before.
Result<void> ProjectionWorker::RebuildGroup::look_whether_begun(One& one) {
  EVENTSTORE_TRY_ASSIGN(const auto begun, collections_.checkpoint(one.name));
  if (!begun) return {};
  EVENTSTORE_TRY_ASSIGN(const auto status, judge(worker_.log_, *one.projection, *begun, worker_.aggregates_.all()));
  one.is_new = options_.discard || (status.health != Health::building && status.health != Health::live);
  return one.is_new ? collections_.drop(one.name) : Result<void>{};
}

// For all that are to be begun: each stays beside the one that it replaces.
Result<void> ProjectionWorker::RebuildGroup::ask_for_room() {
  EVENTSTORE_TRY_ASSIGN(const bool has_plenty, collections_.has_room_for_all());
  if (has_plenty) return {};
  std::uint64_t needed = 0;
  std::uint64_t kept = 0;
  std::uint64_t available = 0;
  std::vector<std::string> names;
  const auto add = [&](One& one) -> Result<void> {
    if (!one.is_new) return {};
    EVENTSTORE_TRY_ASSIGN(const auto room, collections_.room_for_rebuild(one.projection->name()));
    needed += room.needed;
    kept += room.kept;
    available = std::max(available, room.available - std::min(room.available, room.kept));
    names.push_back(one.projection->name());
    return {};
  };
  EVENTSTORE_TRY(each(add));
  // What is only looked at leaves the kept ones.
  if (!options_.discard) available += kept;
  if (needed <= available) return {};
  const std::string what = names.size() == 1 ? "another collection of that size needs about "
                                             : "other collections of their size need together about ";
  return failure(Errc::out_of_space, "rebuild", names.size() == 1 ? names.front() : "",
                 what + std::to_string(needed) + " bytes of disk, and there are " + std::to_string(available) +
                     ": nothing was begun" + (names.size() == 1 ? "" : "; name fewer projections at once"));
}

Result<void> ProjectionWorker::RebuildGroup::begin(One& one) {
  EVENTSTORE_TRY(worker_.begin_with_dropped(*one.projection, options_));
  // What is only looked at leaves the way back.
  return options_.discard ? Result<void>{} : collections_.drop(kept_name(one.projection->name()));
}

// Those that a stop left behind come to the place of the others first.
Result<void> ProjectionWorker::RebuildGroup::fold() {
  std::vector<Lane> lanes;
  std::vector<One*> with_lane;
  const auto open = [&](One& one) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(auto lane, worker_.open_lane(*one.projection, one.name));
    one.begun = one.at = lane.at.position;
    lanes.push_back(std::move(lane));
    with_lane.push_back(&one);
    return {};
  };
  EVENTSTORE_TRY(each(open));
  EVENTSTORE_TRY_ASSIGN(const Position head, worker_.log_.head());
  progress_.index_share = share_of_indexes;
  EVENTSTORE_TRY(worker_.advance(lanes, head, progress_, stop_));
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    with_lane[i]->at = lanes[i].at.position;
    if (lanes[i].stays) EVENTSTORE_TRY(bear(*with_lane[i], failure(std::move(*lanes[i].stays))));
  }
  const auto expire = [&](One& one) { return worker_.expire_rebuilt(*one.projection, one.name, progress_, stop_); };
  return each(expire);
}

Result<void> ProjectionWorker::RebuildGroup::make_indexes() {
  if (is_stopped()) return {};
  const auto ones = going_on();
  const auto make = [&](std::size_t i) -> Result<void> {
    auto& one = *ones[i];
    const auto finish = [&] { return collections_.finish(one.projection->shape, one.name, one.at); };
    auto done = worker_.with_retries(progress_, stop_, finish);
    one.is_ordered = done.has_value();
    return done || done.error().code == Errc::stopped ? done : bear(one, std::move(done));
  };
  EVENTSTORE_TRY(worker_.make_indexes(progress_, ones.size(), stop_, make));
  progress_.index_part = 1;
  return {};
}

}  // namespace v1
}  // namespace eventstore
